// What a page is laid out with: language, words, edition of the data, proposals of the record. Filled by
// `document.js` in a browser, by hand in a test.
/** @type {{ language: Language, words: Record<string, string>, edition: string, proposals: Overview | null }} */
export const page = { language: "es", words: {}, edition: "", proposals: null };
