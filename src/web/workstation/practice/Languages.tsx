import { useState } from 'react'
import { Button, CheckboxGroup, Stack, TextField } from '../../kit/index.ts'
import { languageName } from '../../../core/shared/language-name.ts'
import { languageNames } from '../../../knowledge/matching.ts'

const usual = Object.keys(languageNames).filter((code) => code !== 'other')

/** Languages somebody works in: the usual ones to tick, and any other to add by its name. */
export function Languages({ languages, onLanguages }: { readonly languages: readonly string[]; readonly onLanguages: (languages: readonly string[]) => void }) {
  const [other, setOther] = useState('')
  const listed = [...new Set([...usual, ...languages])]
  const add = () => {
    const named = other.trim()
    // Matching compares codes, so a known language is kept by its code.
    const code = allCodes.find((one) => languageName(one).toLowerCase() === named.toLowerCase()) ?? named.toLowerCase()
    if (code !== '' && !languages.includes(code)) onLanguages([...languages, code])
    setOther('')
  }
  return (
    <Stack air="tight">
      <CheckboxGroup label="Languages" tile="9rem" choices={listed.map((value) => ({ value, label: languageName(value) }))} value={languages} onChange={onLanguages} />
      <div className="d-fields">
        <TextField label="Another language" optional maxLength={20} value={other} onChange={setOther} />
        <Button onClick={add} disabled={other.trim() === ''}>Add this language</Button>
      </div>
    </Stack>
  )
}

/** Two-letter codes that name a language. */
const letters = [...'abcdefghijklmnopqrstuvwxyz']
const allCodes = letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => languageName(code) !== code)
