import { useQuery } from '@tanstack/react-query'
import type { Response } from '../../../core/contract/contract.ts'
import { DataPairs, Notice } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { plural } from '../chart/words.ts'
import { Loaded, Section } from '../desk/parts.tsx'

/** What may leave for a registry: counts from here, rows of people only at the server, and nobody's without a consent. */
export function Registry() {
  const query = useQuery({ queryKey: ['registry'], queryFn: () => call('registry', {}) })
  return (
    <Section id="registry" title="Registry">
      <Loaded query={query} what="what may leave for a registry">{(registry) => <Shown registry={registry} />}</Loaded>
    </Section>
  )
}

function Shown({ registry: { patients, agreed, withdrawn, olderWords, notAsked, unreadable, fewest, groups, people } }: { readonly registry: Response<'registry'> }) {
  return (
    <div className="o-registry">
      <section className="k-card k-stack k-stack--tight" aria-labelledby="registry-counts">
        <h3 id="registry-counts">Counts, for other practices</h3>
        <p>How many people responded, relapsed or had a side effect, of everybody treated here. Nothing in the file tells of fewer than {fewest} people, and whoever gets it can check that.</p>
        {groups > 0
          ? <><p className="soft">{people} people in {plural(groups, 'group')}.</p><p className="k-buttons"><a className="k-button k-button--primary" href="/api/registry/aggregate" download>Download the counts</a></p></>
          : <Notice what={`Fewer than ${fewest} people have a course here that can be counted.`} next={`From ${fewest} on, the file can be downloaded here.`} />}
      </section>
      <section className="k-card k-stack k-stack--tight" aria-labelledby="registry-rows">
        <h3 id="registry-rows">Rows of people, without their names</h3>
        <p>Only of patients who signed the consent to it on their own pages. It is needed for nothing, and can be taken back at any time; what was handed on before cannot be called back.</p>
        <DataPairs pairs={[
          ['Agreed', `${agreed} of ${plural(patients, 'patient')}`], ['Did not sign', String(notAsked)], ['Took it back', String(withdrawn)],
          ['Signed in older words', olderWords > 0 ? `${olderWords}, not in an export until signed anew` : '0'], ['Chart that cannot be read', String(unreadable)],
        ]} />
        {agreed >= fewest
          ? <><p>They are written at the server, while it is stopped:</p><pre className="o-command"><code>npm run kap -- registry export --out FOLDER</code></pre></>
          : <p className="soft">It takes {fewest} people who agreed. Until then nothing is written, since so few could be recognised.</p>}
      </section>
    </div>
  )
}
