/**
 * Every word the chat window itself says, in the languages it speaks. What the service answers comes from the service.
 * `{x}` is filled in. The translations are made by machine and not yet checked by a person; the service says so in its greeting.
 */
import type { Language } from './settings';

export interface Strings {
  readonly close: string;
  readonly chat: string;
  readonly you: string;
  readonly log: string;
  readonly input: string;
  readonly placeholder: string;
  readonly send: string;
  readonly empty: string;
  readonly tooLong: string;
  readonly charsLeft: string;
  readonly typing: string;
  readonly choices: string;
  readonly sending: string;
  readonly waiting: string;
  readonly refused: string;
  readonly retry: string;
  readonly offline: string;
  readonly connecting: string;
  readonly again: string;
  readonly renewed: string;
  readonly settings: string;
  readonly simple: string;
  readonly everydayCommand: string;
  readonly language: string;
  readonly textSize: string;
  readonly normal: string;
  readonly large: string;
  readonly veryLarge: string;
  readonly print: string;
  readonly save: string;
  readonly restart: string;
  readonly restartConfirm: string;
  readonly restartYes: string;
  readonly restartNo: string;
  readonly privacy: string;
  readonly accessibility: string;
  readonly assistant: string;
  readonly source: string;
  readonly asOf: string;
  readonly legalBasis: string;
  readonly newWindow: string;
  readonly map: string;
  readonly calendar: string;
  readonly past: string;
  readonly when: string;
  readonly where: string;
  readonly read: string;
  readonly stopReading: string;
  readonly copy: string;
  readonly copied: string;
  readonly link: string;
  readonly linkCopied: string;
  readonly helpful: string;
  readonly yes: string;
  readonly no: string;
  readonly thanks: string;
  readonly whyNot: string;
  readonly wrong: string;
  readonly outdated: string;
  readonly unclear: string;
  readonly doesNotFit: string;
  readonly help: string;
  readonly warning: string;
  readonly info: string;
  readonly personalTitle: string;
  readonly personalText: string;
  readonly personalEdit: string;
  readonly personalSend: string;
  readonly iban: string;
  readonly caseNumber: string;
  readonly insuranceNumber: string;
  readonly phone: string;
  readonly email: string;
  readonly birthDate: string;
  readonly cardNumber: string;
  readonly newBelow: string;
}

const de: Strings = {
  close: 'Chat schließen',
  chat: 'Chat mit {x}',
  you: 'Sie',
  log: 'Gesprächsverlauf',
  input: 'Ihre Frage',
  placeholder: 'Ihre Frage …',
  send: 'Senden',
  empty: 'Bitte schreiben Sie erst eine Frage.',
  tooLong: 'Ihre Nachricht ist {x} Zeichen zu lang. Bitte kürzen Sie sie.',
  charsLeft: 'Noch {x} Zeichen',
  typing: '{x} schreibt …',
  choices: 'Antworten zum Auswählen',
  sending: 'wird gesendet …',
  waiting: 'wartet auf Verbindung',
  refused: 'nicht gesendet',
  retry: 'Noch einmal senden',
  offline: 'Keine Verbindung. Was Sie schreiben, bleibt hier und wird gesendet, sobald die Verbindung wieder da ist.',
  connecting: 'Verbindung wird aufgebaut …',
  again: 'Die Verbindung ist wieder da.',
  renewed: 'Das vorige Gespräch ist abgelaufen. Hier beginnt ein neues.',
  settings: 'Einstellungen',
  simple: 'Einfache Sprache',
  everydayCommand: 'Alltagssprache',
  language: 'Sprache',
  textSize: 'Schriftgröße',
  normal: 'Normal',
  large: 'Groß',
  veryLarge: 'Sehr groß',
  print: 'Drucken',
  save: 'Als Text speichern',
  restart: 'Gespräch löschen und neu beginnen',
  restartConfirm: 'Wollen Sie das Gespräch wirklich löschen?',
  restartYes: 'Ja, löschen',
  restartNo: 'Nein, behalten',
  privacy: 'Datenschutz',
  accessibility: 'Barrierefreiheit',
  assistant: 'Automatischer Assistent, keine Rechtsberatung.',
  source: 'Quelle',
  asOf: 'Stand',
  legalBasis: 'Rechtsgrundlage',
  newWindow: 'öffnet ein neues Fenster',
  map: 'Auf der Karte zeigen',
  calendar: 'In den Kalender',
  past: 'Vorbei',
  when: 'Wann',
  where: 'Wo',
  read: 'Vorlesen',
  stopReading: 'Vorlesen beenden',
  copy: 'Kopieren',
  copied: 'Die Antwort ist kopiert.',
  link: 'Link kopieren',
  linkCopied: 'Der Link zu dieser Antwort ist kopiert.',
  helpful: 'War das hilfreich?',
  yes: 'Ja',
  no: 'Nein',
  thanks: 'Danke für Ihre Rückmeldung.',
  whyNot: 'Was stimmte nicht?',
  wrong: 'Falsch',
  outdated: 'Veraltet',
  unclear: 'Unverständlich',
  doesNotFit: 'Passt nicht zu meiner Frage',
  help: 'Hilfe',
  warning: 'Achtung',
  info: 'Hinweis',
  personalTitle: 'Steht in Ihrer Nachricht etwas Persönliches?',
  personalText: 'Gefunden: {x}. Für eine Antwort brauche ich das nicht. Noch ist nichts gesendet.',
  personalEdit: 'Nachricht ändern',
  personalSend: 'Ohne diese Angaben senden',
  iban: 'Kontonummer (IBAN)',
  caseNumber: 'Nummer der Bedarfsgemeinschaft',
  insuranceNumber: 'Versicherungsnummer',
  phone: 'Telefonnummer',
  email: 'E-Mail-Adresse',
  birthDate: 'Geburtsdatum',
  cardNumber: 'Kartennummer',
  newBelow: 'Neue Antwort unten',
};

const en: Strings = {
  close: 'Close chat',
  chat: 'Chat with {x}',
  you: 'You',
  log: 'Conversation',
  input: 'Your question',
  placeholder: 'Your question …',
  send: 'Send',
  empty: 'Please write a question first.',
  tooLong: 'Your message is {x} characters too long. Please shorten it.',
  charsLeft: '{x} characters left',
  typing: '{x} is writing …',
  choices: 'Answers to choose from',
  sending: 'sending …',
  waiting: 'waiting for a connection',
  refused: 'not sent',
  retry: 'Send again',
  offline: 'No connection. What you write stays here and is sent as soon as the connection is back.',
  connecting: 'Connecting …',
  again: 'The connection is back.',
  renewed: 'The previous conversation has expired. A new one begins here.',
  settings: 'Settings',
  simple: 'Simple German',
  everydayCommand: 'Alltagssprache',
  language: 'Language',
  textSize: 'Text size',
  normal: 'Normal',
  large: 'Large',
  veryLarge: 'Very large',
  print: 'Print',
  save: 'Save as text',
  restart: 'Delete conversation and start again',
  restartConfirm: 'Do you really want to delete the conversation?',
  restartYes: 'Yes, delete',
  restartNo: 'No, keep it',
  privacy: 'Privacy',
  accessibility: 'Accessibility',
  assistant: 'Automated assistant, no legal advice.',
  source: 'Source',
  asOf: 'As of',
  legalBasis: 'Legal basis',
  newWindow: 'opens a new window',
  map: 'Show on the map',
  calendar: 'Add to calendar',
  past: 'Over',
  when: 'When',
  where: 'Where',
  read: 'Read aloud',
  stopReading: 'Stop reading',
  copy: 'Copy',
  copied: 'The answer is copied.',
  link: 'Copy link',
  linkCopied: 'The link to this answer is copied.',
  helpful: 'Was this helpful?',
  yes: 'Yes',
  no: 'No',
  thanks: 'Thank you for your feedback.',
  whyNot: 'What was wrong?',
  wrong: 'Incorrect',
  outdated: 'Out of date',
  unclear: 'Hard to understand',
  doesNotFit: 'Does not fit my question',
  help: 'Help',
  warning: 'Caution',
  info: 'Note',
  personalTitle: 'Does your message contain something personal?',
  personalText: 'Found: {x}. I do not need it to answer. Nothing has been sent yet.',
  personalEdit: 'Change message',
  personalSend: 'Send without it',
  iban: 'account number (IBAN)',
  caseNumber: 'benefit case number',
  insuranceNumber: 'insurance number',
  phone: 'telephone number',
  email: 'e-mail address',
  birthDate: 'date of birth',
  cardNumber: 'card number',
  newBelow: 'New answer below',
};

const uk: Strings = {
  close: 'Закрити чат',
  chat: 'Чат: {x}',
  you: 'Ви',
  log: 'Розмова',
  input: 'Ваше запитання',
  placeholder: 'Ваше запитання …',
  send: 'Надіслати',
  empty: 'Спочатку напишіть, будь ласка, запитання.',
  tooLong: 'Ваше повідомлення задовге на {x} символів. Скоротіть його, будь ласка.',
  charsLeft: 'Залишилося символів: {x}',
  typing: '{x} пише …',
  choices: 'Відповіді на вибір',
  sending: 'надсилається …',
  waiting: 'чекає на з’єднання',
  refused: 'не надіслано',
  retry: 'Надіслати ще раз',
  offline: 'Немає з’єднання. Те, що Ви напишете, залишиться тут і буде надіслано, щойно з’єднання відновиться.',
  connecting: 'З’єднання …',
  again: 'З’єднання відновлено.',
  renewed: 'Попередня розмова завершилася. Тут починається нова.',
  settings: 'Налаштування',
  simple: 'Проста німецька мова',
  everydayCommand: 'Alltagssprache',
  language: 'Мова',
  textSize: 'Розмір тексту',
  normal: 'Звичайний',
  large: 'Великий',
  veryLarge: 'Дуже великий',
  print: 'Надрукувати',
  save: 'Зберегти як текст',
  restart: 'Видалити розмову й почати знову',
  restartConfirm: 'Справді видалити розмову?',
  restartYes: 'Так, видалити',
  restartNo: 'Ні, залишити',
  privacy: 'Захист даних',
  accessibility: 'Доступність',
  assistant: 'Автоматичний помічник, не юридична консультація.',
  source: 'Джерело',
  asOf: 'Станом на',
  legalBasis: 'Правова основа',
  newWindow: 'відкриється нове вікно',
  map: 'Показати на карті',
  calendar: 'Додати до календаря',
  past: 'Минуло',
  when: 'Коли',
  where: 'Де',
  read: 'Прочитати вголос',
  stopReading: 'Зупинити читання',
  copy: 'Копіювати',
  copied: 'Відповідь скопійовано.',
  link: 'Копіювати посилання',
  linkCopied: 'Посилання на цю відповідь скопійовано.',
  helpful: 'Чи було це корисно?',
  yes: 'Так',
  no: 'Ні',
  thanks: 'Дякую за Ваш відгук.',
  whyNot: 'Що було не так?',
  wrong: 'Неправильно',
  outdated: 'Застаріло',
  unclear: 'Незрозуміло',
  doesNotFit: 'Не відповідає моєму запитанню',
  help: 'Допомога',
  warning: 'Увага',
  info: 'Примітка',
  personalTitle: 'У Вашому повідомленні є щось особисте?',
  personalText: 'Знайдено: {x}. Для відповіді це не потрібно. Ще нічого не надіслано.',
  personalEdit: 'Змінити повідомлення',
  personalSend: 'Надіслати без цих даних',
  iban: 'номер рахунку (IBAN)',
  caseNumber: 'номер справи',
  insuranceNumber: 'номер страхування',
  phone: 'номер телефону',
  email: 'адреса ел. пошти',
  birthDate: 'дата народження',
  cardNumber: 'номер картки',
  newBelow: 'Нова відповідь нижче',
};

const ru: Strings = {
  close: 'Закрыть чат',
  chat: 'Чат: {x}',
  you: 'Вы',
  log: 'Разговор',
  input: 'Ваш вопрос',
  placeholder: 'Ваш вопрос …',
  send: 'Отправить',
  empty: 'Сначала напишите, пожалуйста, вопрос.',
  tooLong: 'Ваше сообщение длиннее на {x} символов. Сократите его, пожалуйста.',
  charsLeft: 'Осталось символов: {x}',
  typing: '{x} пишет …',
  choices: 'Ответы на выбор',
  sending: 'отправляется …',
  waiting: 'ждёт соединения',
  refused: 'не отправлено',
  retry: 'Отправить ещё раз',
  offline: 'Нет соединения. То, что Вы напишете, останется здесь и будет отправлено, когда соединение восстановится.',
  connecting: 'Соединение …',
  again: 'Соединение восстановлено.',
  renewed: 'Прежний разговор истёк. Здесь начинается новый.',
  settings: 'Настройки',
  simple: 'Простой немецкий язык',
  everydayCommand: 'Alltagssprache',
  language: 'Язык',
  textSize: 'Размер текста',
  normal: 'Обычный',
  large: 'Крупный',
  veryLarge: 'Очень крупный',
  print: 'Распечатать',
  save: 'Сохранить как текст',
  restart: 'Удалить разговор и начать заново',
  restartConfirm: 'Действительно удалить разговор?',
  restartYes: 'Да, удалить',
  restartNo: 'Нет, оставить',
  privacy: 'Защита данных',
  accessibility: 'Доступность',
  assistant: 'Автоматический помощник, не юридическая консультация.',
  source: 'Источник',
  asOf: 'По состоянию на',
  legalBasis: 'Правовая основа',
  newWindow: 'откроется новое окно',
  map: 'Показать на карте',
  calendar: 'Добавить в календарь',
  past: 'Прошло',
  when: 'Когда',
  where: 'Где',
  read: 'Прочитать вслух',
  stopReading: 'Остановить чтение',
  copy: 'Копировать',
  copied: 'Ответ скопирован.',
  link: 'Копировать ссылку',
  linkCopied: 'Ссылка на этот ответ скопирована.',
  helpful: 'Это было полезно?',
  yes: 'Да',
  no: 'Нет',
  thanks: 'Спасибо за Ваш отзыв.',
  whyNot: 'Что было не так?',
  wrong: 'Неверно',
  outdated: 'Устарело',
  unclear: 'Непонятно',
  doesNotFit: 'Не подходит к моему вопросу',
  help: 'Помощь',
  warning: 'Внимание',
  info: 'Примечание',
  personalTitle: 'В Вашем сообщении есть что-то личное?',
  personalText: 'Найдено: {x}. Для ответа это не нужно. Ещё ничего не отправлено.',
  personalEdit: 'Изменить сообщение',
  personalSend: 'Отправить без этих данных',
  iban: 'номер счёта (IBAN)',
  caseNumber: 'номер дела',
  insuranceNumber: 'номер страхования',
  phone: 'номер телефона',
  email: 'адрес эл. почты',
  birthDate: 'дата рождения',
  cardNumber: 'номер карты',
  newBelow: 'Новый ответ ниже',
};

const tr: Strings = {
  close: 'Sohbeti kapat',
  chat: 'Sohbet: {x}',
  you: 'Siz',
  log: 'Konuşma',
  input: 'Sorunuz',
  placeholder: 'Sorunuz …',
  send: 'Gönder',
  empty: 'Lütfen önce bir soru yazın.',
  tooLong: 'Mesajınız {x} karakter fazla uzun. Lütfen kısaltın.',
  charsLeft: '{x} karakter kaldı',
  typing: '{x} yazıyor …',
  choices: 'Seçilebilecek yanıtlar',
  sending: 'gönderiliyor …',
  waiting: 'bağlantı bekleniyor',
  refused: 'gönderilmedi',
  retry: 'Yeniden gönder',
  offline: 'Bağlantı yok. Yazdıklarınız burada kalır ve bağlantı geri gelince gönderilir.',
  connecting: 'Bağlanılıyor …',
  again: 'Bağlantı yeniden kuruldu.',
  renewed: 'Önceki konuşmanın süresi doldu. Burada yenisi başlıyor.',
  settings: 'Ayarlar',
  simple: 'Basit Almanca',
  everydayCommand: 'Alltagssprache',
  language: 'Dil',
  textSize: 'Yazı boyutu',
  normal: 'Normal',
  large: 'Büyük',
  veryLarge: 'Çok büyük',
  print: 'Yazdır',
  save: 'Metin olarak kaydet',
  restart: 'Konuşmayı sil ve yeniden başla',
  restartConfirm: 'Konuşmayı gerçekten silmek istiyor musunuz?',
  restartYes: 'Evet, sil',
  restartNo: 'Hayır, kalsın',
  privacy: 'Veri koruma',
  accessibility: 'Erişilebilirlik',
  assistant: 'Otomatik yardımcı, hukuki danışmanlık değildir.',
  source: 'Kaynak',
  asOf: 'Bilgi tarihi',
  legalBasis: 'Yasal dayanak',
  newWindow: 'yeni pencerede açılır',
  map: 'Haritada göster',
  calendar: 'Takvime ekle',
  past: 'Sona erdi',
  when: 'Ne zaman',
  where: 'Nerede',
  read: 'Sesli oku',
  stopReading: 'Okumayı durdur',
  copy: 'Kopyala',
  copied: 'Yanıt kopyalandı.',
  link: 'Bağlantıyı kopyala',
  linkCopied: 'Bu yanıtın bağlantısı kopyalandı.',
  helpful: 'Bu yararlı oldu mu?',
  yes: 'Evet',
  no: 'Hayır',
  thanks: 'Geri bildiriminiz için teşekkürler.',
  whyNot: 'Ne yanlıştı?',
  wrong: 'Yanlış',
  outdated: 'Eski',
  unclear: 'Anlaşılmıyor',
  doesNotFit: 'Soruma uymuyor',
  help: 'Yardım',
  warning: 'Dikkat',
  info: 'Not',
  personalTitle: 'Mesajınızda kişisel bir bilgi mi var?',
  personalText: 'Bulunan: {x}. Yanıt için buna ihtiyacım yok. Henüz hiçbir şey gönderilmedi.',
  personalEdit: 'Mesajı değiştir',
  personalSend: 'Bu bilgiler olmadan gönder',
  iban: 'hesap numarası (IBAN)',
  caseNumber: 'dosya numarası',
  insuranceNumber: 'sigorta numarası',
  phone: 'telefon numarası',
  email: 'e-posta adresi',
  birthDate: 'doğum tarihi',
  cardNumber: 'kart numarası',
  newBelow: 'Yeni yanıt aşağıda',
};

const ar: Strings = {
  close: 'إغلاق المحادثة',
  chat: 'محادثة مع {x}',
  you: 'أنت',
  log: 'المحادثة',
  input: 'سؤالك',
  placeholder: 'سؤالك …',
  send: 'إرسال',
  empty: 'من فضلك اكتب سؤالًا أولًا.',
  tooLong: 'رسالتك أطول من المسموح بـ {x} حرفًا. من فضلك اختصرها.',
  charsLeft: 'الأحرف المتبقية: {x}',
  typing: '{x} يكتب …',
  choices: 'إجابات للاختيار',
  sending: 'جارٍ الإرسال …',
  waiting: 'في انتظار الاتصال',
  refused: 'لم تُرسل',
  retry: 'إرسال مرة أخرى',
  offline: 'لا يوجد اتصال. ما تكتبه يبقى هنا ويُرسل عند عودة الاتصال.',
  connecting: 'جارٍ الاتصال …',
  again: 'عاد الاتصال.',
  renewed: 'انتهت المحادثة السابقة. هنا تبدأ محادثة جديدة.',
  settings: 'الإعدادات',
  simple: 'الألمانية السهلة',
  everydayCommand: 'Alltagssprache',
  language: 'اللغة',
  textSize: 'حجم الخط',
  normal: 'عادي',
  large: 'كبير',
  veryLarge: 'كبير جدًا',
  print: 'طباعة',
  save: 'حفظ كنص',
  restart: 'حذف المحادثة والبدء من جديد',
  restartConfirm: 'هل تريد حقًا حذف المحادثة؟',
  restartYes: 'نعم، احذف',
  restartNo: 'لا، أبقِها',
  privacy: 'حماية البيانات',
  accessibility: 'سهولة الوصول',
  assistant: 'مساعد آلي، وليس استشارة قانونية.',
  source: 'المصدر',
  asOf: 'تاريخ المعلومات',
  legalBasis: 'الأساس القانوني',
  newWindow: 'يفتح نافذة جديدة',
  map: 'عرض على الخريطة',
  calendar: 'إضافة إلى التقويم',
  past: 'انتهى',
  when: 'متى',
  where: 'أين',
  read: 'قراءة بصوت عالٍ',
  stopReading: 'إيقاف القراءة',
  copy: 'نسخ',
  copied: 'تم نسخ الإجابة.',
  link: 'نسخ الرابط',
  linkCopied: 'تم نسخ رابط هذه الإجابة.',
  helpful: 'هل كان ذلك مفيدًا؟',
  yes: 'نعم',
  no: 'لا',
  thanks: 'شكرًا على رأيك.',
  whyNot: 'ما الذي لم يكن صحيحًا؟',
  wrong: 'خطأ',
  outdated: 'قديم',
  unclear: 'غير مفهوم',
  doesNotFit: 'لا يناسب سؤالي',
  help: 'مساعدة',
  warning: 'تنبيه',
  info: 'ملاحظة',
  personalTitle: 'هل في رسالتك شيء شخصي؟',
  personalText: 'وُجد: {x}. لا أحتاج إليه للإجابة. لم يُرسل شيء بعد.',
  personalEdit: 'تعديل الرسالة',
  personalSend: 'إرسال بدون هذه البيانات',
  iban: 'رقم الحساب (IBAN)',
  caseNumber: 'رقم الملف',
  insuranceNumber: 'رقم التأمين',
  phone: 'رقم الهاتف',
  email: 'عنوان البريد الإلكتروني',
  birthDate: 'تاريخ الميلاد',
  cardNumber: 'رقم البطاقة',
  newBelow: 'إجابة جديدة في الأسفل',
};

/** All that the button needs before the chat is loaded. */
export const LAUNCHER_STRINGS: Readonly<
  Record<Language, { readonly label: string; readonly loading: string; readonly failed: string }>
> = {
  de: {
    label: 'Fragen? Chat öffnen',
    loading: 'Chat wird geladen …',
    failed: 'Der Chat lässt sich gerade nicht laden. Noch einmal versuchen',
  },
  en: {
    label: 'Questions? Open chat',
    loading: 'Loading the chat …',
    failed: 'The chat cannot be loaded right now. Try again',
  },
  uk: {
    label: 'Є запитання? Відкрити чат',
    loading: 'Чат завантажується …',
    failed: 'Чат зараз не завантажується. Спробувати ще раз',
  },
  ru: {
    label: 'Есть вопросы? Открыть чат',
    loading: 'Чат загружается …',
    failed: 'Чат сейчас не загружается. Попробовать ещё раз',
  },
  tr: {
    label: 'Sorunuz mu var? Sohbeti açın',
    loading: 'Sohbet yükleniyor …',
    failed: 'Sohbet şu anda yüklenemiyor. Yeniden deneyin',
  },
  ar: {
    label: 'لديك سؤال؟ افتح المحادثة',
    loading: 'جارٍ تحميل المحادثة …',
    failed: 'تعذّر تحميل المحادثة الآن. حاول مرة أخرى',
  },
};

export const STRINGS: Readonly<Record<Language, Strings>> = { de, en, uk, ru, tr, ar };

/** The name each language gives itself; sending it switches the service to it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  de: 'Deutsch',
  en: 'English',
  uk: 'Українська',
  ru: 'Русский',
  tr: 'Türkçe',
  ar: 'العربية',
};

export function filled(text: string, value: string | number): string {
  return text.replace('{x}', String(value));
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return /^(ar|fa|he|ur)\b/.test(language) ? 'rtl' : 'ltr';
}
