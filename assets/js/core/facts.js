// Figures and limits as published, by district: the same objects for everybody, filled once by `ready.js`.
export const facts = {};
export const limits = {};
export const shapes = {};

export const isReady = () => Boolean(facts.index);

export const place = {
  district: (u) => facts.names[facts.index.get(u)],
  province: (u) => facts.provinces[u.slice(0, 4)].name,
  department: (u) => facts.departments[u.slice(0, 2)].name,
  label: (u) => `${place.district(u)} (${place.province(u)}, ${place.department(u)})`,
};
