/** Programs that run what another file says, in a language that is not read here. */
export const runners: RegExp =
  /^(just|task|go-task|rake|invoke|inv|gradle|gradlew|mvn|mvnw|bazel|bazelisk|earthly|dagger|doit|mage|moon|ant|fastlane|nix|devbox|mise|pixi|grunt|gulp)$/;
