export { descend, passBack, passBackAndDescend } from './back';
export { favour, follow, normalise, squaredNorm } from './columns';
export { addScaled, affine, prepare } from './matrix';
export { moveRow, moveRows, setRings, setRule, settleRows } from './rules';
