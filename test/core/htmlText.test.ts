import fc from 'fast-check';
import { filled, inHtml, inScript } from '../../src/core/htmlText';

describe('inHtml', () => {
  it('leaves nothing that is markup', () => {
    expect(inHtml('<img src=x onerror="alert(\'1\')"> & co')).toBe(
      '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co',
    );
    expect(inHtml('ООО «Ромашка»')).toBe('ООО «Ромашка»');
  });
});

describe('inScript', () => {
  it('gives the same data, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), data => {
        expect(JSON.parse(inScript(data))).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });

  it('ends neither the script element nor a line, and has nothing like a comment', () => {
    const text = inScript({ name: '</script><!-- https://a \u2028\u2029 & /* b */' });
    expect(text).not.toMatch(/[<>&/\u2028\u2029]/);
    expect(text).toContain('\\u003c\\u002fscript\\u003e');
    expect(text).toContain('\\u2028\\u2029');
  });
});

describe('filled', () => {
  it('fills each gap that has a value, and takes the value as it is', () => {
    const page = '<b>{{name}}</b>{{b}}{{name}}';
    expect(filled(page, { name: "$& $' {{b}}" })).toBe("<b>$& $' {{b}}</b>{{b}}$& $' {{b}}");
  });
});
