/** Towns of our Jobcenter as they are written in Cyrillic (Russian, Ukrainian) and in Arabic, without endings; district towns stand for their district. */
export const foreignNames: Readonly<Record<string, string>> = {
  Essen: 'Эссен Ессен إيسن ايسن إسن اسن',
  'Mülheim an der Ruhr': 'Мюльхайм Мюльгайм Мюльхейм Мюльгейм مولهايم مولهيم',
  Münster: 'Мюнстер مونستر مينستر',
  Borken: 'Боркен بوركن',
  Coesfeld: 'Косфельд Кёсфельд Коесфельд كوسفيلد',
  Steinfurt: 'Штайнфурт Штейнфурт شتاينفورت',
  Warendorf: 'Варендорф فارندورف',
  Düren: 'Дюрен دورن دويرن',
  Gütersloh: 'Гютерсло Гютерслоо Гютерслог غوترسلوه جوترسلوه غوترسلو',
  Hamm: 'Хамм Гамм هام',
  Meschede: 'Мешеде ميشيده',
  Arnsberg: 'Арнсберг أرنسبرغ',
  Schwelm: 'Швельм شفيلم',
  Witten: 'Виттен Віттен فيتن',
  Hattingen: 'Хаттинген Гаттінген هاتينغن',
  Kleve: 'Клеве كليفه كليفا',
  Detmold: 'Детмольд ديتمولد',
  Lemgo: 'Лемго ليمغو',
  Minden: 'Минден Мінден ميندن',
  Recklinghausen: 'Реклингхаузен Реклінггаузен Реклінгхаузен ريكلينغهاوزن',
  Marl: 'Марль مارل',
  Solingen: 'Золинген Золінген زولينغن سولينغن',
  Wuppertal: 'Вупперталь Вуперталь فوبرتال ووبرتال',
  Bingen: 'Бинген Бінген بينغن',
  Ingelheim: 'Ингельхайм Інгельгайм إنغلهايم',
  Forst: 'Форст فورست',
  Spremberg: 'Шпремберг شبريمبرغ',
};

/** What these languages hang on a town: „в Мюнстере“, „из Эссена“, „в Ессені“; „بإيسن“; „Münsterde“. */
export const cyrillicEndings: readonly string[] = ['', 'а', 'у', 'ом', 'ем', 'е', 'і', 'ові'];
export const arabicBeginnings: readonly string[] = ['', 'ب', 'ل', 'و'];
export const turkishEndings: readonly string[] = ['de', 'da', 'te', 'ta', 'den', 'dan', 'ten', 'tan'];
