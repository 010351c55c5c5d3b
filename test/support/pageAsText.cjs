/** For jest: a page that the product imports, as it stands in src. The build makes one text of it and its script. */
module.exports = {
  process: text => ({ code: `exports.__esModule = true; exports.default = ${JSON.stringify(text)};` }),
};
