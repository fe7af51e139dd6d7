var<workgroup> partial: array<vec4f, LANES>;

/// Adds what `slices` lanes found, `stride` lanes apart from each other. The sum is for the first of them.
fn sum_of_slices(own: vec4f, slices: u32, stride: u32, lane: u32) -> vec4f {
  var sum = own;
  if (slices > 1u) {
    partial[lane] = own;
    workgroupBarrier();
    if ((lane / stride) % slices == 0u) {
      for (var slice = 1u; slice < slices; slice++) {
        sum += partial[lane + slice * stride];
      }
    }
  }
  return sum;
}
