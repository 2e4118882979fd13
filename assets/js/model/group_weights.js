// Weights from a ranking, as dashboard/clusters/group/weights.py makes them: of n criteria the k-th weighs
// (1/k + ... + 1/n) / n, the centroid of all weights that agree with the ranking. Equal places share their weights.

/** @param {Record<string, number>} places @returns {Record<string, number>} */
export function centroidWeights(places) {
  const keys = Object.keys(places);
  const n = keys.length;
  const byPlace = [...keys].sort((a, b) => places[a] - places[b]);
  const own = byPlace.map((_, at) => byPlace.reduce((sum, __, j) => (j >= at ? sum + 1 / (j + 1) : sum), 0) / n);
  const shareOf = (/** @type {string} */ key) => {
    const tied = byPlace.flatMap((other, at) => (places[other] === places[key] ? [own[at]] : []));
    return tied.reduce((sum, weight) => sum + weight, 0) / tied.length;
  };
  return Object.fromEntries(keys.map((key) => [key, shareOf(key)]));
}
