/** The name of a gate, for people. */
export const gateNames: Record<string, string> = {
  consent: 'Consent', clearance: 'Medical clearance', order: 'Order', pregnancy: 'Pregnancy test', escort: 'Somebody to go home with', 'two-people': 'Two people', 'prescriber-on-site': 'Prescriber on site', 'prescriber-reachable': 'Prescriber reachable', 'emergency-kit': 'Emergency kit',
  'no-crisis': 'No open crisis path', 'no-open-session': 'No other open session', spacing: 'Time since the last dose', preparation: 'Preparation', 'safety-plan': 'Safety plan', integration: 'Integration of the last session',
  'session-open': 'Session open', identity: 'Who the person is', 'vitals-taken': 'Vitals taken', 'mental-status': 'How awake', 'pre-dose': 'Vitals before the dose', 'suicide-screen': 'Suicide screen of today', fasting: 'Food and drink',
  'alcohol-cannabis': 'Alcohol and cannabis', 'day-medicines': 'Medicines taken as needed', 'no-dose-conflict': 'No dose in doubt', 'no-alert': 'No orange or red alert', booster: 'Booster', prepared: 'Prepared', confirmed: 'Confirmed by a second person', 'within-order': 'Within the order', protocol: 'Protocol', rulebook: 'Rulebook',
}
