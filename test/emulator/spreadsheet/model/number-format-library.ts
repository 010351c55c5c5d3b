/**
 * The only import of numfmt. By file and not by name: the package's `exports` point `require` at a
 * `dist/index.cjs` that numfmt 4.0.0 and 4.0.1 do not contain, so neither jest nor tsx can resolve `numfmt`.
 */
export {
  format,
  getFormatFromId,
  getLocale,
  isDateFormat,
  isValidFormat,
  parseValue,
} from '../../../../node_modules/numfmt/dist/index.js';
