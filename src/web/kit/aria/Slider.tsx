import { Label, Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components'

export interface SliderProps {
  readonly label: string
  /** Null until it is touched: the thumb then stands hollow in the middle and counts for nothing. */
  readonly value: number | null
  readonly onChange: (value: number) => void
  readonly from?: number
  readonly to?: number
  readonly ends: readonly [string, string]
  readonly isDisabled?: boolean
}

/** 0 to 10 by sliding, for the room where a thumb is quicker than eleven keys. Forms of patients use `Scale`. */
export function Slider({ label, value, onChange, from = 0, to = 10, ends, isDisabled = false }: SliderProps) {
  const unanswered = value === null || undefined
  return (
    <AriaSlider className="k-slider" minValue={from} maxValue={to} step={1} value={value ?? (from + to) / 2} onChange={onChange} isDisabled={isDisabled}>
      <div className="k-slider__top"><Label className="k-field__label">{label}</Label><span className="k-slider__value" data-unanswered={unanswered}>{value ?? 'not answered'}</span></div>
      <SliderTrack className="k-slider__track">
        {/* A press on the thumb where it already stands changes nothing for the slider, yet it is an answer. */}
        <SliderThumb className="k-slider__thumb" data-unanswered={unanswered} {...(value === null && { 'aria-description': 'not answered yet' })} />
      </SliderTrack>
      <span className="k-scale__ends" aria-hidden="true"><span>{from} · {ends[0]}</span><span>{ends[1]} · {to}</span></span>
    </AriaSlider>
  )
}
