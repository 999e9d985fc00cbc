import type { YAMLParseError } from 'yaml';

/**
 * Why a text is no YAML, in words that hold nothing of the text: in a deployment file it may be a password that was
 * not put in quotes.
 */
export function yamlReason({ code, message }: Pick<YAMLParseError, 'code' | 'message'>): string {
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'a second document begins here';
    case 'BAD_DQ_ESCAPE':
      return 'what stands behind the backslash means nothing; in single quotes a backslash is a backslash';
    case 'BAD_SCALAR_START':
      return 'a text that begins with this character must stand in quotes';
    case 'TAG_RESOLVE_FAILED':
    case 'BAD_COLLECTION_TYPE':
      return 'a tag, which begins with !, cannot be used here; a text that begins with ! must stand in quotes';
    case 'UNEXPECTED_TOKEN':
      return 'this does not belong here; a text with special characters must stand in quotes';
    default:
      return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
  }
}
