// When the page is laid out, for what can wait until then.
/** What can wait takes nothing of the line before. @returns {Promise<null>} */
export const laidOut = () => new Promise((resolve) => {
  const skeleton = document.getElementById("skeleton");
  if (!skeleton || skeleton.hidden) return resolve(null);
  new MutationObserver((_, waiting) => {
    waiting.disconnect();
    resolve(null);
  }).observe(skeleton, { attributeFilter: ["hidden"] });
});
