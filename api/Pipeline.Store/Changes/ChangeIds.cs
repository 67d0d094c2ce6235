using System.Globalization;
using Pipeline.Data;

namespace Pipeline.Store.Changes;

/// <summary>What a change is called outside: the same in the feed and in every delivery, and nothing that its number could be read from.</summary>
public static class ChangeIds
{
    public static string Of(Vault vault, long seq) =>
        vault.MarkOf($"change {seq.ToString(CultureInfo.InvariantCulture)}")[..32];
}
