# language: en
# Written from deregistration-staffing.feature; change that file.
Feature: Deregistration at a staffing office, Order Art. 27(2)

  @D-20
  Scenario: Papers on the cancelled registration, verified
    Given a public institution applies to the staffing office to deregister
    And the tax authority answers on tax registration: "registered for tax"
    And a paper on tax registration is handed in saying "clearance document issued", verified over: the tax counter
    And its kind of document is "papers on the cancelled registration"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-20" decides

  @D-21
  Scenario: Registered for tax, no papers
    Given a public institution applies to the staffing office to deregister
    And the tax authority answers on tax registration: "registered for tax"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-21" decides

  @D-22
  Scenario: Never registered for tax
    Given a public institution applies to the staffing office to deregister
    And the tax authority answers on tax registration: "not registered for tax"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-22" decides
    And a remark is "never registered for tax, as the tax authority states"

  @D-23
  Scenario: Declared as registered, the tax source says otherwise
    Given a public institution applies to the staffing office to deregister
    And the declared as registered for tax is "yes"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-23" decides

  @D-24
  Scenario: The source does not answer, only a declaration
    Given a public institution applies to the staffing office to deregister
    And the declared as registered for tax is "no"
    And the inquiry on tax registration came to nothing: "timed out"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "D-24" decides
    And a retry alone could lift it

  @D-25
  Scenario: A state organ never registered for tax
    Given a public institution applies to the staffing office to deregister
    And the entity is "a state organ"
    When the tax check is made
    Then the verdict is "pass"
    And row "D-25" decides

  @D-34
  Scenario: Papers of another entity
    Given a public institution applies to the staffing office to deregister
    And the tax authority answers on tax registration: "registered for tax"
    And a paper on tax registration is handed in saying "clearance document issued", not verified
    And its entity is "Company A"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "D-34" decides
