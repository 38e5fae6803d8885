'use client';

import { useState } from 'react';

/** Counts only where the page has hydrated. */
export default function Counter() {
  const [count, setCount] = useState(0);
  return (
    <button id="counter" type="button" style={{ color: 'green' }} onClick={() => setCount(count + 1)}>
      {count}
    </button>
  );
}
