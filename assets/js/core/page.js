// What a page is laid out with: language, words, edition of the data, proposals of the record. Filled by
// `document.js` in a browser, by hand in a test.
export const page = { language: "es", words: {}, edition: "", proposals: null };
