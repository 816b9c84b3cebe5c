/** The details by which somebody makes sure who is here; two of them at least. */
export const identityWays = [{ value: 'name', label: 'Full name, said by the person' }, { value: 'birth-date', label: 'Date of birth, said by the person' }, { value: 'photo', label: 'Photo on an identity document' }, { value: 'address', label: 'Address' }] as const
