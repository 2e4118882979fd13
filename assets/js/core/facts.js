// Figures and limits as published, by district: the same objects for everybody, filled once by `ready.js`.
export const facts = /** @type {Facts} */ ({});
export const limits = /** @type {Limits} */ ({});
export const shapes = /** @type {Shapes} */ ({});

export const isReady = () => Boolean(facts.index);

// Where a known district stands in every list of the facts.
/** @param {Ubigeo} u */
export const indexOf = (u) => /** @type {number} */ (facts.index.get(u));

export const place = {
  /** @param {Ubigeo} u */
  district: (u) => facts.names[indexOf(u)],
  /** @param {Ubigeo} u */
  province: (u) => facts.provinces[u.slice(0, 4)].name,
  /** @param {Ubigeo} u */
  department: (u) => facts.departments[u.slice(0, 2)].name,
  /** @param {Ubigeo} u */
  label: (u) => `${place.district(u)} (${place.province(u)}, ${place.department(u)})`,
};
