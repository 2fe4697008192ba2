/**
 * Ukrainian and Russian typed in Latin letters („kak poluchit dengi“) and the editors' Cyrillic phrases brought to one spelling.
 * Refuses to be exact: „ы“ and „и“, „г“ and „х“, „ь“ and nothing are the same, as people type.
 */
const LETTERS: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'o', є: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l',
  м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ы: 'i', ь: '',
  э: 'e', ю: 'u', я: 'a',
}; // prettier-ignore

/** `latinOf('деньги')` is `'dengi'`; what is no Cyrillic letter stays. */
export function latinOf(cyrillic: string): string {
  return cyrillic.toLowerCase().replace(/\p{Script=Cyrillic}/gu, (letter) => LETTERS[letter] ?? letter);
}

/** `foldLatin('poluchit\' posobiye')` is spelt like `latinOf('получить пособие')`. */
export function foldLatin(latin: string): string {
  return latin
    .toLowerCase()
    .replace(/['’`]/g, '')
    .replace(/shch|sch|sc/g, 'sh')
    .replace(/kh/g, 'h')
    .replace(/ts/g, 'c')
    .replace(/[yj]o/g, 'o')
    .replace(/[yji]+([aue])/g, '$1')
    .replace(/[yj]/g, 'i')
    .replace(/w/g, 'v')
    .replace(/g/g, 'h')
    .replace(/ii+/g, 'i');
}
