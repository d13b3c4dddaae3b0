export { holm } from './adjustment.js';
export { chiSquareTest, kolmogorovSmirnov, mannWhitneyFromBins, psi, psiBias, totalVariation } from './binned.js';
export {
  binomialUpperTail,
  chiSquareUpperTail,
  normalQuantile,
  normalTwoSidedPValue,
  tQuantile,
  tTwoSidedPValue,
} from './distributions.js';
export { unseenPValue } from './good-turing.js';
export { betweenPeriodVariance } from './periods.js';
export { exceedancePValue, fisherExactPValue, twoProportionsPooledZ } from './proportions.js';
export { quantilesFromBins } from './quantiles.js';
