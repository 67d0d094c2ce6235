using Pipeline.Data;

namespace Pipeline.Store;

/// <summary>What time alone brings about, and what is done before anybody reads: nobody is told of a state that is over.</summary>
public interface IDueWork
{
    /// <summary>Whether anything is due: a cheap probe.</summary>
    Task<bool> IsAnythingDue(Session session);

    /// <summary>Does what is due by now.</summary>
    Task DoWhatIsDue();
}
