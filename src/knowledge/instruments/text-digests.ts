/**
 * The digest of every text that ships, by form, version and language: what an answer is kept with, so that anybody can tell
 * later what was asked. A word that changes needs a new version; the digest of the old one stays.
 */
export const textDigests: Readonly<Record<string, string>> = {
  'phq-9 2026-1 en': 'b80ac4ae5cc62d531e256a38ee57b7b27e2e686aa396bc6ff366cf6eb008278a',
  'phq-2 2026-1 en': '7267b940da9a38a5272ae13637e3fc05eac280eabc7ae490c18b96033be95133',
  'gad-7 2026-1 en': 'fa24ffe1afb865bf6ab96d2861467223b16bc4dc36a94ee98e332114f31738a2',
  'gad-2 2026-1 en': 'ad47d9f0bff2e5c3de6191a33d244e2f58791d8382b0695a5a0b378a62126c05',
  'pcl-5 2026-1 en': '75d824888a82b8ac13c77cb58c893f368749629a1894b087e628e79c319b8d63',
  'pcl-5-weekly 2026-1 en': '968b515d63861eb93328573a82a02565100979418f74be8ca03ba237317c5d4b',
  'pc-ptsd-5 2026-1 en': '9a2fe7bb5fd225983997ace854994849f02b3e5990fcf3bc38181b0084f85090',
  'core-10 2026-1 en': 'b375b64a137d930e44b0ee0b1991ff6dab6cb59700ac68b97b2b1ff9ed050b38',
  'audit-c 2026-1 en': '4a714106d38dbbee2034b60931a62ce2b69e1e4a4828e287d4bab9e293a6ede3',
  'session-check 2026-1 en': '5522eef25414209134b23da358cc56b1c067bb240a3ad39e647fe7cc3fcc8b0f',
  'urinary-check 2026-1 en': 'cd212739ac7425f6d2a183c016e38d27753ddf5f986a47cfe4ae480bc1ba1055',
  'alliance-check 2026-1 en': '170e82ab9db855c1f538120796d4339299eb3230b9a0c63b6566bbcd230ac47e',
  'craving-check 2026-1 en': 'f21e4a91ae8a8d00fbac89a16c9ec2ee9c5142b7411841adb65a7f8fbc795da3',
  'day-after-check 2026-1 en': '2799192a47eb805df9db2c93c97a5e67e065e500e87bc46ae6210c3ea6f2fc0f',
  'mind-check 2026-1 en': '1099fc07968662815384e470c1058951027d8d9247a791e29ef9fc335c4c6dd0',
}
