import { Badge } from '../../../kit/index.ts'

export function Way({ way }: { readonly way: 'tighter' | 'looser' | 'same' }) {
  if (way === 'same') return <span className="soft">as it stands</span>
  return way === 'looser' ? <Badge level="caution">looser</Badge> : <span><strong>tighter</strong></span>
}
