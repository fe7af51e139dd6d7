export { descend, passBack, passBackAndDescend } from './back';
export { favour, follow, normalise, scale, squaredNorm } from './columns';
export { descendAndAffine } from './deferred';
export { addScaled, affine, prepare } from './matrix';
export { setMatrix, setRings, setRule } from './rule-state';
export { moveRow, moveRows, settleRows } from './rules';
