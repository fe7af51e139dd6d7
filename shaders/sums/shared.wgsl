var<workgroup> partial: array<vec4f, LANES>;

/// Adds what `slices` lanes found, `stride` lanes apart from each other, in pairs. The sum is for the first of them.
fn sum_of_slices(own: vec4f, slices: u32, stride: u32, lane: u32) -> vec4f {
  partial[lane] = own;
  for (var half = slices / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if ((lane / stride) % slices < half) {
      partial[lane] += partial[lane + half * stride];
    }
  }
  return partial[lane];
}
