namespace Pipeline.Api;

/// <summary>Whether this is a demo city, and the password of its accounts.</summary>
public sealed class DemoSettings(IConfiguration configuration, IHostEnvironment environment)
{
    public bool Enabled { get; } = configuration.GetValue("Demo:Enabled", environment.IsDevelopment());

    /// <summary>The password as configured; else one that is made at the first start and kept.</summary>
    public string? Configured { get; } = configuration["Demo:Password"];

    /// <summary>The register to import; empty: none.</summary>
    public string? Register { get; } = configuration["Demo:Register"];

    /// <summary>The password in force; null outside a demo city.</summary>
    public string? Password { get; set; }
}
