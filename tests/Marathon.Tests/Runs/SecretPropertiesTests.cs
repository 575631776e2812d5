using Marathon.Runs;

namespace Marathon.Tests.Runs;

public sealed class SecretPropertiesTests
{
    [Theory]
    [InlineData("client.sasl.password", true)]
    [InlineData("client.ssl.key.password", true)]
    [InlineData("producer.sasl.oauthbearer.client.secret", true)]
    [InlineData("client.ssl.key.pem", true)]
    [InlineData("client.sasl.jaas.config", true)]
    [InlineData("client.sasl.username", false)]
    [InlineData("client.ssl.ca.pem", false)]
    [InlineData("keys", false)]
    public void IsSecret_ByHowTheKeyEnds(string key, bool secret)
    {
        Assert.Equal(secret, SecretProperties.IsSecret(key));
        KeyValuePair<string, string>[] config = [new(key, "value")];
        Assert.Equal(secret ? SecretProperties.LeftOut : "value", SecretProperties.Scrub(config, SecretProperties.LeftOut)[key]);
    }
}
