import { escapeXml as safe } from '../core/fhir/export/resource.ts'

/** A whole page as one file: nothing is fetched and nothing runs. `body` is HTML already. */
export const htmlPage = (title: string, style: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>`
