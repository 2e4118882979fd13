// Make something when it is first asked for, once.
export const later = (make) => {
  let made;
  return () => (made = made || make());
};
