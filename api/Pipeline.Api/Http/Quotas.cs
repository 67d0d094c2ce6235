namespace Pipeline.Api.Http;

/// <summary>How much one caller or unit may leave lying here (<c>Quota:…</c>).</summary>
public sealed class Quotas(IConfiguration configuration)
{
    /// <summary>Files of one caller that belong to nothing yet.</summary>
    public int UnattachedFiles { get; } = configuration.GetValue("Quota:UnattachedFiles", 200);

    /// <summary>Their bytes.</summary>
    public long UnattachedBytes { get; } = configuration.GetValue("Quota:UnattachedMebibytes", 500L) << 20;

    /// <summary>Imports of one unit that wait or run.</summary>
    public int OpenImports { get; } = configuration.GetValue("Quota:OpenImports", 20);
}
