import { NO_VALUES } from '../../../playground/model/choice';
import { typeSettings } from '../../../playground/model/type-settings';

test('writes what goes into cdk.json', () => {
  const values = { ...NO_VALUES, t: 'A', w: '480', h: '320', format: 'AUTO', dpr: '2', position: '0.3,0.7' };
  expect(typeSettings('card', values, new Set(['w', 'h', 'quality']))).toBe(`{
  "context": {
    "edgecrop": {
      "types": {
        "card": {
          "w": 480,
          "h": 320,
          "format": "auto",
          "position": "0.3,0.7",
          "locked": ["w", "h"]
        }
      }
    }
  }
}`);
});
