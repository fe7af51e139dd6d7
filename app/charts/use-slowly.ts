import { useEffect, useState } from 'react';

/** What `read` gives, looked at now and then: for words and figures about what changes with every step. */
export function useSlowly<T>(read: () => T, milliseconds: number): T {
  const [value, setValue] = useState(read);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` looks at stores, whichever render it is from
  useEffect(() => {
    const timer = setInterval(() => setValue(() => read()), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
  return value;
}
