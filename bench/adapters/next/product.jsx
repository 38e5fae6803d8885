const parts = Array.from({ length: 20 }, (_, index) => `Part ${index}`);

/** A page of some length. */
export default function Product({ user }) {
  return (
    <main>
      <h1>Product 7</h1>
      <p>{user}</p>
      <ul>
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </main>
  );
}
