using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Domain.Webhooks;

/// <summary>Signs what is sent, as Standard Webhooks 1.0 has it: HMAC-SHA256 over <c>id.timestamp.body</c>, by every secret that holds at present.</summary>
public static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";

    /// <summary>What a secret has of random bytes; the standard allows 24 to 64.</summary>
    private const int SecretBytes = 32;

    public static string NewSecret() =>
        SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether a text is a secret that can sign: <c>whsec_</c> and 24 to 64 bytes in Base64.</summary>
    public static bool IsSecret(string text)
    {
        var bytes = new byte[128];
        return text.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && text.Length <= 150
            && Convert.TryFromBase64String(text[SecretPrefix.Length..], bytes, out var length)
            && length is >= 24 and <= 64;
    }

    /// <summary>The header <c>webhook-signature</c>.</summary>
    /// <param name="at">When it is sent, in whole seconds since 1970.</param>
    public static string Of(string id, long at, string body, params IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{at.ToString(CultureInfo.InvariantCulture)}.{body}");
        return string.Join(
            ' ',
            secrets.Select(secret =>
                $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), signed))}"
            )
        );
    }
}
