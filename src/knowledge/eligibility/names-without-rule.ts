/**
 * Common medicines and supplements about which no rule here says anything. They are listed so that their
 * names count as read; it does not say that they do nothing together with ketamine. A name that is neither
 * here nor in the interaction table is shown as unread until somebody gives its ingredient or a code.
 */
export const namesWithoutRule = [
  'acetaminophen', 'acyclovir', 'adalimumab', 'albuterol', 'alendronate', 'allopurinol', 'amlodipine', 'amoxicillin', 'aspirin', 'atenolol', 'atomoxetine', 'atorvastatin',
  'azithromycin', 'b12', 'beclomethasone', 'benazepril', 'biotin', 'bisoprolol', 'budesonide', 'buspirone', 'calcium', 'candesartan', 'carvedilol', 'cefdinir', 'cephalexin', 'cetirizine',
  'chlorthalidone', 'clonidine', 'colchicine', 'creatine', 'cyanocobalamin', 'desogestrel', 'dicyclomine', 'docusate', 'doxazosin', 'doxycycline', 'drospirenone', 'empagliflozin', 'enalapril',
  'estradiol', 'ethinyl estradiol', 'etonogestrel', 'ezetimibe', 'famotidine', 'fexofenadine', 'fiber', 'finasteride', 'fish oil', 'folic acid', 'formoterol', 'furosemide', 'guanfacine',
  'hydrochlorothiazide', 'hydrocortisone', 'ibuprofen', 'ipratropium', 'irbesartan', 'iron', 'ketotifen', 'lansoprazole', 'latanoprost', 'levocetirizine', 'levonorgestrel', 'lisinopril', 'loperamide',
  'loratadine', 'losartan', 'magnesium', 'meclizine', 'melatonin', 'meloxicam', 'metformin', 'methotrexate', 'metoprolol', 'metronidazole', 'minoxidil', 'mirtazapine', 'montelukast', 'multivitamin', 'naproxen', 'nizatidine',
  'nitrofurantoin', 'norethindrone', 'norgestimate', 'omega 3', 'omeprazole', 'ondansetron', 'oxybutynin', 'pantoprazole', 'paracetamol', 'penicillin', 'potassium', 'pravastatin', 'prazosin', 'prednisone', 'probiotic',
  'progesterone', 'propranolol', 'rosuvastatin', 'salmeterol', 'sildenafil', 'simvastatin', 'sitagliptin', 'spironolactone', 'sumatriptan', 'tadalafil', 'tamoxifen', 'tamsulosin', 'testosterone', 'tiotropium', 'topiramate',
  'trazodone', 'tretinoin', 'turmeric', 'valacyclovir', 'valproate', 'divalproex', 'valsartan', 'vilazodone', 'vitamin', 'vortioxetine', 'zinc', 'zonisamide', 'levetiracetam', 'nortriptyline', 'amitriptyline',
] as const
