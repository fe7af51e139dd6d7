// Sums over lanes, in subgroups as far as these reach, and then in workgroup memory. They are added in pairs, the nearest
// first, so the order is the same on both ways and with subgroups of any size.

var<workgroup> partial: array<vec4f, LANES>;

/// Adds what `slices` lanes found, `stride` lanes apart from each other. The sum is for the first of them.
fn sum_of_slices(own: vec4f, slices: u32, stride: u32, lane: u32) -> vec4f {
  let span = slices * stride;
  let sum = sum_in_subgroup(own, stride, span);
  // How far what is left to be added lies apart.
  var step = max(stride, min(span, SUBGROUP_LANES));
  if (step == span) {
    return sum;
  }
  // The sum before this one has been read.
  workgroupBarrier();
  partial[lane] = sum;
  while (step < span) {
    let count = min(8u, span / step);
    workgroupBarrier();
    if (lane / step % count == 0u) {
      partial[lane] = sum_of_partials(lane, step, count);
    }
    step *= count;
  }
  return partial[lane];
}

/// Adds 2, 4 or 8 of what lies in workgroup memory.
fn sum_of_partials(first: u32, step: u32, count: u32) -> vec4f {
  var sum = partial[first] + partial[first + step];
  if (count > 2u) {
    sum += partial[first + 2u * step] + partial[first + 3u * step];
  }
  if (count > 4u) {
    let more = partial[first + 4u * step] + partial[first + 5u * step];
    sum += more + (partial[first + 6u * step] + partial[first + 7u * step]);
  }
  return sum;
}
