namespace Pipeline.Domain.Duties;

/// <summary>What a project is granted to build and run (要素, R139).</summary>
public enum ElementKind
{
    /// <summary>In m²; a mu is 2000/3 m².</summary>
    Land,

    /// <summary>In tonnes of standard coal a year.</summary>
    Energy,

    /// <summary>Emission rights, in tonnes a year.</summary>
    Emission,
}
