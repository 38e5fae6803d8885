/** What Next.js itself costs if an application has any proxy. */
export default function proxy() {}
