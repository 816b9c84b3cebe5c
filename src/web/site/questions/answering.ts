import { keepAnswers } from './keep-answers.ts'
import { showSteps } from './show-steps.ts'

/** Makes a questionnaire behind a link easier than plain HTML: one question at a time, kept as it is answered, sent when there is a connection. */
const form = document.querySelector<HTMLFormElement>('form[data-asking]')
if (form) {
  const steps = showSteps(form)
  keepAnswers(form, { openAt: (item) => steps.show(item), changed: () => steps.refresh(), goOn: () => steps.goOn() })
}
