export function SlowMotionBar() {
  return null;
}
