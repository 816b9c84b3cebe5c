import { inSpanish } from './row.ts'

/** What a questionnaire is about stands in its row in plain words already. */
export const instrumentWords = {
  'phq-9': inSpanish('Nueve preguntas sobre el ánimo de las últimas dos semanas.'), 'phq-2': inSpanish('Dos preguntas sobre el ánimo de las últimas dos semanas.'),
  'gad-7': inSpanish('Siete preguntas sobre la preocupación de las últimas dos semanas.'), 'gad-2': inSpanish('Dos preguntas sobre la preocupación de las últimas dos semanas.'),
  'pcl-5': inSpanish('Veinte preguntas sobre el último mes, pensando en una experiencia muy estresante.'), 'pcl-5-weekly': inSpanish('Veinte preguntas sobre la última semana, pensando en una experiencia muy estresante.'),
  'pc-ptsd-5': inSpanish('Hasta seis preguntas sobre el último mes, después de algo aterrador.'), 'core-10': inSpanish('Diez frases sobre la última semana.'), 'audit-c': inSpanish('Tres preguntas sobre el alcohol del último año.'),
  'session-check': inSpanish('Cinco deslizadores sobre esta sesión. Propios, no validados.'), 'urinary-check': inSpanish('Seis preguntas sobre la orina de las últimas dos semanas. Propias, no validadas.'),
  'craving-check': inSpanish('Una pregunta sobre las ganas de ketamina. Propia, no validada. La leen quienes le tratan.'), 'day-after-check': inSpanish('Siete preguntas sobre el tiempo desde su sesión. Propias, no validadas. Las leen quienes le tratan.'), 'alliance-check': inSpanish('Cuatro deslizadores sobre usted y su terapeuta. Propios, no validados.'),
  'mind-check': inSpanish('Ocho preguntas sobre lo que quizá haya notado. Propias, no validadas. Quienes le tratan preguntan más.'),
  asq: inSpanish('Cuatro preguntas sobre ideas de suicidio, que hace alguien que se queda a su lado.'), itq: inSpanish('Dieciocho preguntas sobre el último mes, después de algo traumático.'), 'lec-5': inSpanish('Diecisiete clases de sucesos de una vida y cómo los vivió.'),
  'taps-1': inSpanish('Cuatro preguntas sobre tabaco, alcohol y otras sustancias de los últimos doce meses.'), audit: inSpanish('Diez preguntas sobre el alcohol del último año.'), 'dast-10': inSpanish('Diez preguntas sobre drogas de los últimos doce meses.'),
  mdq: inSpanish('Quince preguntas sobre épocas altas y bajas de una vida.'), 'pq-16': inSpanish('Dieciséis cosas que quizá haya notado y cuánto le molestó cada una.'),
  'who-5': inSpanish('Cinco frases sobre el bienestar de las últimas dos semanas.'), 'qids-sr16': inSpanish('Dieciséis preguntas sobre los últimos siete días.'), madrs: inSpanish('Diez valoraciones de un profesional sobre los últimos siete días.'),
  'oci-r': inSpanish('Dieciocho preguntas sobre hábitos y pensamientos del último mes.'), 'y-bocs': inSpanish('Diez valoraciones de un profesional sobre la última semana.'), spin: inSpanish('Diecisiete preguntas sobre estar entre personas, de la última semana.'), 'mini-spin': inSpanish('Tres preguntas sobre estar entre personas, de la última semana.'),
  isi: inSpanish('Siete preguntas sobre el sueño de las últimas dos semanas.'), wsas: inSpanish('Cinco preguntas sobre cuánto estorba un problema.'), 'whodas-12': inSpanish('Doce preguntas sobre los últimos treinta días.'), 'pss-10': inSpanish('Diez preguntas sobre el estrés del último mes.'),
  cbi: inSpanish('Diecinueve preguntas sobre el agotamiento.'), peg: inSpanish('Tres líneas sobre el dolor de la última semana.'), fibser: inSpanish('Tres preguntas sobre efectos secundarios de la última semana.'),
  'iciq-ui-sf': inSpanish('Cuatro preguntas sobre pérdidas de orina de las últimas cuatro semanas.'), 'bpic-ss': inSpanish('Ocho preguntas sobre el dolor de vejiga de la última semana.'),
  cadss: inSpanish('Veintitrés preguntas sobre sentirse ajeno o ajena, ahora mismo.'), 'cadss-6': inSpanish('Seis preguntas sobre sentirse ajeno o ajena, ahora mismo. La forma corta no está validada.'),
  'meq-30': inSpanish('Treinta preguntas sobre lo vivido en una sesión.'), '5d-asc': inSpanish('Noventa y cuatro líneas sobre lo vivido en una sesión.'), edi: inSpanish('Ocho líneas sobre el sentido del yo en una sesión.'), ceq: inSpanish('Veintiséis preguntas sobre lo difícil de una sesión.'),
  piq: inSpanish('Veintitrés preguntas sobre lo comprendido en una sesión.'), 'pis-6': inSpanish('Seis líneas sobre lo comprendido en una sesión.'), ebi: inSpanish('Seis líneas sobre el alivio emocional de una sesión, un día después.'),
  'wai-sr': inSpanish('Doce preguntas sobre usted y su terapeuta.'), srs: inSpanish('Cuatro líneas sobre la sesión de hoy.'), 'ecr-rs': inSpanish('Nueve frases sobre la cercanía con alguien.'), 'csi-16': inSpanish('Dieciséis preguntas sobre una relación.'), ras: inSpanish('Siete preguntas sobre una relación.'),
  ips: inSpanish('Nueve frases sobre aplazar las cosas.'), 'scs-sf': inSpanish('Doce frases sobre cómo se trata a sí mismo o a sí misma en momentos duros.'),
} as const
