/** The places a screen is looked at, and in which light. */
export const sizes = { phone: { width: 390, height: 844 }, tablet: { width: 1180, height: 820 }, desk: { width: 1440, height: 900 } }
export const lights = ['light', 'dim']
