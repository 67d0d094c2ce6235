namespace Pipeline.Domain.Tests;

/// <summary>A property that is tried with the same values in every run. <c>PIPELINE_PROPERTIES=any</c> draws others, <c>PIPELINE_PROPERTIES=(seed,gamma)</c> the ones that a failure named.</summary>
public sealed class PropertyAttribute : FsCheck.NUnit.PropertyAttribute
{
    public PropertyAttribute()
    {
        var wanted = Environment.GetEnvironmentVariable("PIPELINE_PROPERTIES");
        if (wanted != "any")
            Replay = string.IsNullOrEmpty(wanted) ? "(20261128,9007199254740993)" : wanted;
    }
}
