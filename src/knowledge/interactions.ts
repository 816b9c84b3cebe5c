import type { InteractionClass } from '../core/eligibility/interaction.ts'
import type { Medicine } from '../core/eligibility/medicine.ts'
import type { SourceId } from './sources.ts'

type Row = InteractionClass & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** A name, the RxNorm ingredient code where the reference gives one (from memory, unchecked), and how else it is written. */
const is = (ingredient: string, rxnorm?: string, ...names: readonly string[]): Medicine => ({ ingredient, ...(rxnorm && { rxnorm }), ...(names.length > 0 && { names }) })

const asNeededOnly = 'This means as-needed doses only. A scheduled medicine, or one the person depends on, is changed by its prescriber alone.'
const fromMemory = { tag: 'M', verified: false, reviewBy: '2027-05-31' } as const
/** The effect was read in the source; the list of members and their codes was not. */
const effectRead = { tag: 'V', verified: false, reviewBy: '2027-11-30' } as const

/**
 * What is taken together with ketamine. Rows inform the person who reconciles; only the eligibility rules
 * that name a class change a decision. Members beyond the sources' examples are from memory.
 */
export const interactions = {
  benzodiazepines: {
    id: 'benzodiazepines', name: 'Benzodiazepines', severity: 'moderate', rules: ['O15', 'C05', 'M04'], cites: ['S13', 'S14', 'S15'], ...effectRead,
    medicines: [
      is('alprazolam', '596', 'xanax'), is('clonazepam', '2598', 'klonopin'), is('diazepam', '3322', 'valium'), is('lorazepam', '6470', 'ativan'), is('temazepam', '10355', 'restoril'),
      is('midazolam', '6960'), is('chlordiazepoxide', undefined, 'librium'), is('clorazepate', undefined, 'tranxene'), is('oxazepam'), is('estazolam'), is('triazolam', undefined, 'halcion'), is('flurazepam'), is('quazepam'), is('clobazam', undefined, 'onfi'),
    ],
    effect: 'May shorten or weaken the effect on mood, and adds to sedation. Diazepam may raise the level of ketamine.',
    instruction: `Where it is safe, no dose in the 24 hours before, better 72. Never stopped abruptly. ${asNeededOnly}`,
    onTheDay: { since: { hoursBefore: 24 }, says: 'Benzodiazepines: no as-needed dose in the 24 hours before, better 72.' },
  },
  lamotrigine: {
    id: 'lamotrigine', name: 'Lamotrigine', severity: 'moderate', rules: ['C04'], cites: ['S13', 'S14', 'S15'], ...effectRead,
    medicines: [is('lamotrigine', '28439', 'lamictal')],
    effect: 'May weaken the effect.', instruction: 'Goes on unchanged; note it when the effect is judged.',
    conflict: 'One prescribers’ guideline lets it go on without comment; a review holds that it probably lowers the effect. Default: go on, and note it.',
  },
  monoamineOxidaseInhibitors: {
    id: 'monoamine-oxidase-inhibitors', name: 'Irreversible monoamine oxidase inhibitors', severity: 'major', rules: ['O14'], cites: ['S11', 'S13'], ...effectRead,
    medicines: [is('phenelzine', '8123', 'nardil'), is('tranylcypromine', '10734', 'parnate'), is('isocarboxazid', '6011', 'marplan'), is('selegiline', '9639', 'emsam', 'zelapar')],
    effect: 'Pressure may rise.', instruction: 'The prescriber decides with a written reason; pressure every five minutes in the first hour. One that was stopped may still act: for how long stands in no source that was read, so the prescriber judges that too.',
    conflict: 'The label warns; a few case reports with tranylcypromine saw no change in vital signs. The skin patch of selegiline is treated alike.',
  },
  reversibleMonoamineOxidaseInhibitors: {
    id: 'reversible-monoamine-oxidase-inhibitors', name: 'Linezolid and methylene blue', severity: 'moderate', rules: ['C29'], cites: ['P'], ...fromMemory,
    medicines: [is('linezolid', undefined, 'zyvox'), is('methylene blue', undefined, 'methylthioninium'), is('moclobemide')],
    effect: 'Inhibit monoamine oxidase for a while; pressure may rise.', instruction: 'Wait until the treatment is over, or ask the prescriber.',
  },
  stimulants: {
    id: 'stimulants', name: 'Stimulants and modafinil', severity: 'moderate', rules: ['O19', 'C06'], cites: ['S11', 'S15'], ...effectRead,
    medicines: [
      is('methylphenidate', '6901', 'ritalin', 'concerta'), is('amphetamine', '725', 'adderall', 'amphetamines'), is('dextroamphetamine', '3288', 'dexedrine', 'dexamphetamine'),
      is('lisdexamfetamine', '700810', 'vyvanse'), is('modafinil', '30125', 'provigil'), is('armodafinil', undefined, 'nuvigil'), is('dexmethylphenidate', undefined, 'focalin'), is('methamphetamine', undefined, 'desoxyn'),
    ],
    effect: 'Pressure and pulse may rise further.', instruction: `Left out the day before and the day of the session, if its prescriber agrees. ${asNeededOnly}`,
    onTheDay: { since: { daysBefore: 1 }, says: 'Stimulants: no as-needed dose the day before and the day of.' },
  },
  opioids: {
    id: 'opioids', name: 'Opioids', severity: 'major', rules: ['O12', 'C07', 'M04'], cites: ['S11', 'S15'], ...effectRead,
    medicines: [
      is('oxycodone', '7804', 'oxycontin', 'percocet'), is('morphine', '7052'), is('hydrocodone', '5489', 'vicodin', 'norco'), is('tramadol', '10689', 'ultram'), is('fentanyl', '4337'),
      is('buprenorphine', '1819', 'suboxone', 'subutex', 'sublocade'), is('methadone', '6813'), is('hydromorphone', undefined, 'dilaudid'), is('codeine'), is('tapentadol', undefined, 'nucynta'), is('oxymorphone'), is('meperidine'),
    ],
    effect: 'Sedation, and breathing may slow.', instruction: `No as-needed dose on the day of the session if possible; saturation watched throughout. ${asNeededOnly}`,
    onTheDay: { since: { daysBefore: 0 }, says: 'Opioids: no as-needed dose on the day, if possible.' },
  },
  kratom: {
    id: 'kratom', name: 'Kratom', severity: 'moderate', rules: ['C07'], cites: ['P'], ...fromMemory,
    medicines: [is('kratom', undefined, 'mitragynine', 'mitragyna')],
    effect: 'Acts in part like an opioid.', instruction: 'Ask how much and how often; none on the day of the session.',
    onTheDay: { since: { daysBefore: 0 }, says: 'Kratom: none on the day.' },
  },
  naltrexone: {
    id: 'naltrexone', name: 'Naltrexone', severity: 'minor', rules: ['C18'], cites: ['P'], ...fromMemory,
    medicines: [is('naltrexone', '7243', 'vivitrol', 'contrave')], effect: 'May weaken the effect on mood; findings differ.', instruction: 'Note it when the effect is judged.',
  },
  sedatives: {
    id: 'sedatives', name: 'Sleep medicines, gabapentinoids and muscle relaxants', severity: 'moderate', rules: ['C07'], cites: ['S15', 'S11'], ...effectRead,
    medicines: [
      is('zolpidem', '39993', 'ambien'), is('eszopiclone', undefined, 'lunesta'), is('zopiclone'), is('zaleplon', undefined, 'sonata'), is('gabapentin', '25480', 'neurontin'), is('pregabalin', '187832', 'lyrica'),
      is('baclofen', '1292'), is('cyclobenzaprine', '21949', 'flexeril'), is('tizanidine', undefined, 'zanaflex'), is('methocarbamol', undefined, 'robaxin'), is('carisoprodol', undefined, 'soma'), is('metaxalone'),
    ],
    effect: 'Sedation.', instruction: `No as-needed dose on the day of the session. ${asNeededOnly}`,
    onTheDay: { since: { daysBefore: 0 }, says: 'Sleep medicines, gabapentinoids and muscle relaxants: no as-needed dose on the day.' },
  },
  barbituratesAndOxybate: {
    id: 'barbiturates-and-oxybate', name: 'Barbiturates and sodium oxybate', severity: 'major', rules: ['C07'], cites: ['P'], ...fromMemory,
    medicines: [is('phenobarbital'), is('butalbital', undefined, 'fioricet'), is('primidone', undefined, 'mysoline'), is('sodium oxybate', undefined, 'oxybate', 'xyrem', 'xywav', 'lumryz')],
    effect: 'Deep sedation, and breathing may slow.', instruction: 'Ask the prescriber before any session is planned.',
    onTheDay: { since: { daysBefore: 0 }, says: 'Barbiturates and oxybate: no as-needed dose on the day; they slow breathing.' },
  },
  sedatingAntihistamines: {
    id: 'sedating-antihistamines', name: 'Sedating antihistamines', severity: 'minor', rules: ['C07'], cites: ['S15'], ...effectRead,
    medicines: [is('diphenhydramine', '3498', 'benadryl', 'zzzquil', 'tylenol pm', 'advil pm'), is('doxylamine', undefined, 'unisom', 'nyquil'), is('hydroxyzine', undefined, 'vistaril', 'atarax'), is('promethazine', undefined, 'phenergan'), is('chlorpheniramine')],
    effect: 'Sedation.', instruction: `None on the day of the session. ${asNeededOnly}`,
    onTheDay: { since: { daysBefore: 0 }, says: 'Sedating antihistamines: none on the day.' },
  },
  alcoholAndCannabis: {
    id: 'alcohol-and-cannabis', name: 'Alcohol and cannabis', severity: 'moderate', rules: ['C07'], cites: ['S15', 'P'], tag: 'P', verified: false, reviewBy: '2027-11-30',
    medicines: [is('alcohol', undefined, 'ethanol'), is('cannabis', undefined, 'marijuana', 'thc', 'tetrahydrocannabinol'), is('dronabinol', undefined, 'marinol'), is('nabilone')],
    effect: 'Sedation; pulse and pressure change.', instruction: 'None in the 48 hours before and the 24 hours after. Somebody who drinks daily does not stop alone: the prescriber is asked first.',
  },
  cyp3a4Inhibitors: {
    id: 'cyp3a4-inhibitors', name: 'Strong and moderate CYP3A4 inhibitors', severity: 'moderate', rules: ['C08'], cites: ['S14', 'P'], ...fromMemory,
    medicines: [
      is('ketoconazole', '6135'), is('itraconazole', '28031', 'sporanox'), is('clarithromycin', '21212', 'biaxin'), is('ritonavir', '85762', 'norvir', 'paxlovid'), is('grapefruit'), is('fluconazole', undefined, 'diflucan'), is('voriconazole'),
      is('posaconazole'), is('isavuconazonium'), is('erythromycin'), is('diltiazem', undefined, 'cardizem'), is('verapamil'), is('cobicistat', undefined, 'tybost', 'genvoya', 'stribild'),
    ],
    effect: 'More ketamine reaches the blood, most of all when it is swallowed.', instruction: 'Start by mouth at about one third, under the tongue at half.',
  },
  cyp2b6Inhibitors: {
    id: 'cyp2b6-inhibitors', name: 'CYP2B6 inhibitors', severity: 'moderate', rules: ['C08'], cites: ['S14', 'P'], ...fromMemory,
    medicines: [is('ticlopidine', '10594'), is('clopidogrel', '32968', 'plavix')], effect: 'More ketamine reaches the blood.', instruction: 'Start by mouth at about one third, under the tongue at half.',
  },
  inducers: {
    id: 'inducers', name: 'Inducers of CYP3A4 or CYP2B6', severity: 'minor', rules: ['C09'], cites: ['S14'], ...effectRead,
    medicines: [is('rifampin', '9384', 'rifampicin'), is('carbamazepine', '2002', 'tegretol'), is('phenytoin', '8183', 'dilantin'), is('st johns wort', undefined, 'hypericum', 'saint johns wort')],
    effect: 'Less ketamine may reach the blood.', instruction: 'Expect a weaker effect; the dose is the prescriber’s.',
  },
  theophylline: {
    id: 'theophylline', name: 'Theophylline and aminophylline', severity: 'major', rules: ['O16'], cites: ['S12'], ...effectRead,
    medicines: [is('theophylline', '10438'), is('aminophylline', '689')], effect: 'The threshold for seizures may fall.', instruction: 'The prescriber decides with a written reason.',
  },
  decongestants: {
    id: 'decongestants', name: 'Decongestants and other sympathomimetics', severity: 'moderate', rules: [], cites: ['S15', 'S12'], ...fromMemory,
    medicines: [is('pseudoephedrine', '8896', 'sudafed'), is('phenylephrine'), is('ephedrine'), is('phentermine'), is('vasopressin')], effect: 'Pressure may rise.', instruction: 'Avoid on the day of the session.',
    conflict: 'One prescribers’ guideline lets cold remedies go on; the label, from memory, warns of sympathomimetics. Default: avoid on the day.',
    onTheDay: { since: { daysBefore: 0 }, says: 'Decongestants: avoided on the day.' },
  },
  antipsychotics: {
    id: 'antipsychotics', name: 'Antipsychotics', severity: 'minor', rules: ['C17'], cites: ['S13'], ...effectRead,
    medicines: [
      is('haloperidol', '5093', 'haldol'), is('risperidone', '35636', 'risperdal'), is('clozapine', '2626', 'clozaril'), is('olanzapine', '61381', 'zyprexa'), is('quetiapine', undefined, 'seroquel'), is('aripiprazole', undefined, 'abilify'),
      is('ziprasidone', undefined, 'geodon'), is('lurasidone', undefined, 'latuda'), is('brexpiprazole', undefined, 'rexulti'), is('cariprazine', undefined, 'vraylar'), is('paliperidone', undefined, 'invega'), is('asenapine'), is('iloperidone'),
      is('lumateperone', undefined, 'caplyta'), is('chlorpromazine'), is('perphenazine'), is('fluphenazine'),
    ],
    effect: 'May weaken the effect; findings differ between medicines.', instruction: 'Goes on unchanged; note it when the effect is judged.',
  },
  serotoninReuptakeInhibitors: {
    id: 'serotonin-reuptake-inhibitors', name: 'SSRI and SNRI', severity: 'none', rules: ['C21'], cites: ['S14', 'S15', 'S38'], ...effectRead,
    medicines: [
      is('sertraline', undefined, 'zoloft'), is('fluoxetine', undefined, 'prozac'), is('citalopram', undefined, 'celexa'), is('escitalopram', undefined, 'lexapro'), is('paroxetine', undefined, 'paxil'), is('venlafaxine', undefined, 'effexor'),
      is('duloxetine', undefined, 'cymbalta'), is('fluvoxamine', undefined, 'luvox'), is('desvenlafaxine', undefined, 'pristiq'), is('levomilnacipran', undefined, 'fetzima'), is('milnacipran', undefined, 'savella'),
    ],
    effect: 'The peak of the pressure may be higher.', instruction: 'Goes on unchanged.',
  },
  noneRelevant: {
    id: 'none-relevant', name: 'Lithium and bupropion', severity: 'none', rules: [], cites: ['S13', 'S14', 'S15'], ...effectRead,
    medicines: [is('lithium', '6448', 'lithobid'), is('bupropion', undefined, 'wellbutrin')], effect: 'Nothing relevant was found.', instruction: 'Goes on unchanged.',
  },
  levothyroxine: {
    id: 'levothyroxine', name: 'Levothyroxine', severity: 'minor', rules: ['C16'], cites: ['S50'], ...effectRead,
    medicines: [is('levothyroxine', undefined, 'synthroid', 'levoxyl', 'unithroid')], effect: 'Pulse and pressure may rise.', instruction: 'Goes on unchanged; look at pulse and pressure.',
  },
  otherNmdaBlockers: {
    id: 'other-nmda-blockers', name: 'Other NMDA blockers', severity: 'moderate', rules: ['C28'], cites: ['P'], ...fromMemory,
    medicines: [is('dextromethorphan', undefined, 'auvelity', 'nuedexta', 'robitussin dm', 'mucinex dm', 'delsym'), is('memantine', undefined, 'namenda'), is('amantadine', undefined, 'gocovri')],
    effect: 'Act at the same receptor; dissociation and pressure may be stronger.', instruction: 'Ask the prescriber.',
  },
  psychedelics: {
    id: 'psychedelics', name: 'Ayahuasca and other psychedelics', severity: 'major', rules: ['C30'], cites: ['P'], ...fromMemory,
    medicines: [is('ayahuasca', undefined, 'harmine', 'harmaline'), is('psilocybin', undefined, 'psilocybin mushrooms'), is('lsd', undefined, 'lysergide'), is('mdma', undefined, 'ecstasy'), is('dimethyltryptamine', undefined, 'dmt'), is('mescaline', undefined, 'peyote', 'san pedro'), is('ibogaine', undefined, 'iboga')],
    effect: 'Experiences add up; ayahuasca also inhibits monoamine oxidase.', instruction: 'Ask when it was last taken and what is planned; the prescriber decides on the distance.',
  },
  glp1Agonists: {
    id: 'glp-1-agonists', name: 'GLP-1 agonists', severity: 'moderate', rules: ['C23'], cites: ['P'], tag: 'P', verified: false, reviewBy: '2027-11-30',
    medicines: [is('semaglutide', undefined, 'ozempic', 'wegovy', 'rybelsus'), is('liraglutide', undefined, 'victoza', 'saxenda'), is('dulaglutide', undefined, 'trulicity'), is('exenatide', undefined, 'byetta'), is('tirzepatide', undefined, 'mounjaro', 'zepbound'), is('lixisenatide')],
    effect: 'The stomach empties slowly: food may still be there after the usual fast.', instruction: 'Ask about nausea and fullness; the prescriber may lengthen the fast.',
  },
  glucoseLowering: {
    id: 'glucose-lowering', name: 'Insulin and sulfonylureas', severity: 'major', rules: ['C25'], cites: ['P'], ...fromMemory,
    medicines: [is('insulin', undefined, 'lantus', 'humalog', 'novolog', 'tresiba', 'basaglar'), is('glipizide'), is('glyburide', undefined, 'glibenclamide'), is('glimepiride', undefined, 'amaryl')],
    effect: 'Sugar may fall too low while fasting.', instruction: 'The prescriber writes how it is taken on a fasting day.',
  },
  anticoagulants: {
    id: 'anticoagulants', name: 'Anticoagulants', severity: 'moderate', rules: ['C26'], cites: ['P'], ...fromMemory,
    medicines: [is('warfarin', undefined, 'coumadin'), is('apixaban', undefined, 'eliquis'), is('rivaroxaban', undefined, 'xarelto'), is('dabigatran', undefined, 'pradaxa'), is('edoxaban'), is('enoxaparin', undefined, 'lovenox'), is('heparin')],
    effect: 'An injection into muscle may bleed.', instruction: 'Choose another route, or ask the prescriber. Never stopped for a session.',
  },
  nasalSprays: {
    id: 'nasal-sprays', name: 'Nasal steroids and decongestants, with esketamine spray', severity: 'minor', rules: [], cites: ['S11'], ...effectRead,
    medicines: [is('fluticasone', undefined, 'flonase'), is('oxymetazoline', undefined, 'afrin'), is('mometasone', undefined, 'nasonex')], effect: 'Less of the spray may be absorbed.', instruction: 'At least one hour before the session.',
    onTheDay: { since: { hoursBefore: 1 }, routes: ['IN-esketamine'], says: 'Nasal steroids and decongestants: at least an hour before the esketamine spray.' },
  },
  ketamine: {
    id: 'ketamine', name: 'Ketamine and esketamine', severity: 'major', rules: ['B01'], cites: ['S11', 'S12'], ...effectRead,
    medicines: [is('ketamine', '6130', 'ketalar'), is('esketamine', '2119365', 'spravato')], effect: 'The same medicine from somebody else.', instruction: 'Ask who prescribes it; two practices never treat side by side without knowing.',
  },
} as const satisfies Record<string, Row>

export const interactionRows: readonly Row[] = Object.values(interactions)

/** What is asked about on the day of a session, class by class. The number of each is its source's; where a source says no more than "the day", it is the day. */
export const dayOf = interactionRows.flatMap(({ id, name, medicines, onTheDay, tag, cites, verified, reviewBy }) => (onTheDay ? [{ id: `day.${id}`, name, medicines, ...onTheDay, tag, cites, verified, reviewBy }] : []))
