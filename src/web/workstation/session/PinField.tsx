import { TextField } from '../../kit/index.ts'

/** Four to eight digits that nobody across the room can read. */
export function PinField({ label, value, onChange, problem }: { readonly label: string; readonly value: string; readonly onChange: (pin: string) => void; readonly problem?: string | undefined }) {
  return <TextField label={label} type="password" inputMode="numeric" autoComplete="off" value={value} onChange={(text) => onChange(text.replace(/\D/g, '').slice(0, 8))} problem={problem} />
}
