/** A page of src/ui, whole, as the build makes it. */
declare module '*.html' {
  const html: string;
  export default html;
}
