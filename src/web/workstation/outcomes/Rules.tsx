import { library } from '../../../knowledge/library.ts'
import { Disclosure } from '../../kit/index.ts'
import { BasisOf } from '../chart/parts/Basis.tsx'

const rules = [...library.practice, ...library.relapse, ...library.benchmarkRules, ...library.scores]
export type RuleId = (typeof rules)[number]['id']

/** The rules that a figure rests on, word for word, with where each comes from and whether anybody checked it. */
export const Rules = ({ title, ids, children }: { readonly title: string; readonly ids: readonly RuleId[]; readonly children?: React.ReactNode }) => (
  <Disclosure summary={title}>
    <ul className="o-rules">
      {rules.filter(({ id }) => ids.includes(id)).map((rule) => <li key={rule.id}><p>{rule.says}</p><BasisOf id={rule.id} tag={rule.tag} cites={rule.cites} verified={rule.verified} /></li>)}
    </ul>
    {children}
  </Disclosure>
)
