// Make something when it is first asked for, once.
/** @template T @param {() => T} make @returns {() => T} */
export const later = (make) => {
  /** @type {T | undefined} */
  let made;
  return () => (made = made || make());
};
