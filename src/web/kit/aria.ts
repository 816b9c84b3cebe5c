/** What React Aria Components draw: widgets with focus and arrow keys of their own. Loaded by the workstation, not by the portal's shell. */
export { Combo, type ComboProps } from './aria/Combo.tsx'
export { Dialog, type DialogProps } from './aria/Dialog.tsx'
export { Menu, type MenuProps } from './aria/Menu.tsx'
export { Slider, type SliderProps } from './aria/Slider.tsx'
export { Tabs, type TabsProps } from './aria/Tabs.tsx'
