# language: en
# Written from property-seal.feature; change that file.
Feature: Seizure of real estate, Order Art. 25(2)

  @S-01
  Scenario: Sealing by the tax authority with complete papers
    Given the registrar received a request for assistance about the home of Person A
    And there is a further request for assistance
    When the tax check is made
    Then the verdict is "pass"
    And row "S-01" decides
    And a remark is "carry out the request for assistance"

  @S-02
  Scenario: The instrument is missing
    Given the registrar received a request for assistance about the home of Person A
    And there is a further request for assistance
    And its instrument present is "no"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "S-02" decides
    And a retry alone could not lift it
    And an authority is to be told
    And Person A is not told

  @S-03
  Scenario: The tax authority lifts its seal
    Given the registrar received a request for assistance about the home of Person A
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    And there is a further request for assistance
    And its measure asked for is "lift"
    When the tax check is made
    Then the verdict is "pass"
    And row "S-03" decides

  @S-04
  Scenario: Sale of a home under a tax seal, all taxes paid
    Given Person A has sold a home to Person B, and its transfer is applied for
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "S-04" decides

  @S-05
  Scenario: Correction of a sealed unit
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "correction"
    And there is a further seal
    When the tax check is made
    Then the verdict is "pass"
    And row "S-05" says nothing
    And the registration may be completed

  @S-06
  Scenario: The last day of a seal and the day after
    Given Person A has sold a home to Person B, and its transfer is applied for
    And there is a further seal
    And its last day of the seal is "2026-11-22"
    When the tax check is made
    Then the effect is "may proceed"
    And row "R-02" applies

  @S-06
  Scenario: The last day of a seal and the day after
    Given Person A has sold a home to Person B, and its transfer is applied for
    And there is a further seal
    And its last day of the seal is "2026-11-23"
    When the tax check is made
    Then the effect is "refused"
    And row "S-09" applies

  @S-07
  Scenario: The sealing tax authority asks for the transfer to its buyer
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by the tax authority's sale"
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    And there is a further request for assistance
    And its measure asked for is "transfer"
    When the tax check is made
    Then the verdict is "pass"
    And row "S-07" says nothing
    And the registration may be completed

  @S-08
  Scenario: An earlier seal of a court that has not handed over the disposal
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by the tax authority's sale"
    And there is a further seal
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    And its rank is "2"
    And there is a further request for assistance
    And its measure asked for is "transfer"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "S-08" decides
    And an authority is to be told

  @S-09
  Scenario: Sale of a home under a court's seal
    Given Person A has sold a home to Person B, and its transfer is applied for
    And there is a further seal
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "S-09" decides

  @S-10
  Scenario: A tax seal notice arrives while a sale waits
    Given Person A has sold a home to Person B, and its transfer is applied for
    And there is a further request for assistance
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "S-10" decides
    And a remark is "record the seal first"

  @S-11
  Scenario: The court of the first seal orders the transfer
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "transfer by court or arbitral instrument"
    And there is a further seal
    And there is a further request for assistance
    And its kind of requesting authority is "court"
    And its requesting authority is "Court A"
    And its measure asked for is "transfer"
    When the tax check is made
    Then the verdict is "pass"
    And row "S-11" says nothing
    And the registration may be completed

  @S-12
  Scenario: Renewal before and after the stated end
    Given the registrar received a request for assistance about the home of Person A
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    And its last day of the seal is "2026-11-24"
    And there is a further request for assistance
    And its measure asked for is "renew"
    When the tax check is made
    Then the verdict is "pass"
    And row "S-12" decides

  @S-12
  Scenario: Renewal before and after the stated end
    Given the registrar received a request for assistance about the home of Person A
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    And its last day of the seal is "2026-11-22"
    And there is a further request for assistance
    And its measure asked for is "renew"
    When the tax check is made
    Then the verdict is "pass"
    And row "S-12" decides

  @S-13
  Scenario: The tax behind the seal is paid, but nothing lifts it
    Given Person A has sold a home to Person B, and its transfer is applied for
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    And its tax behind it paid is "yes"
    When the tax check is made
    Then the verdict is "block"
    And row "S-13" decides

  @S-14
  Scenario: The seal is on a unit that is sold too
    Given Person A has sold a home to Person B, and its transfer is applied for
    And there is a further real-estate unit
    And there is a further seal
    And its unit sealed is "another unit"
    When the tax check is made
    Then the effect is "refused"
    And row "S-09" applies

  @S-14
  Scenario: The seal is on the share of the other owner
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the share given up is "1/2"
    And the share acquired is "1/2"
    And there is a further seal
    And its owner whose share is sealed is "Person C"
    When the tax check is made
    Then the verdict is "pass"
    And row "S-14" says nothing

  @S-15
  Scenario: The seal register cannot be read
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the seal register readable is "no"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "S-15" decides
    And a retry alone could lift it

  @S-16
  Scenario: Papers suspected forged
    Given the registrar received a request for assistance about the home of Person A
    And there is a further request for assistance
    And its suspected forged is "yes"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "S-16" decides
    And a retry alone could not lift it
    And a suspicion is to be reported in writing

  @S-17
  Scenario: Replacement of a certificate of a sealed unit
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "replacement of a certificate"
    And there is a further seal
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "S-17" decides
    And a retry alone could not lift it

  @S-18
  Scenario: Before the Order a seal is an obstacle that is not a tax one
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the day of handling is "2024-01-31"
    And there is a further seal
    When the tax check is made
    Then a non-tax obstacle is "seal on the real estate in force"
    And row "S-18" applies
    And the registration may not be completed
    And a remark is "the Order does not apply, but duties under national law exist all the same"

  @S-06
  Scenario: A seal that was lifted is no bar
    Given Person A has sold a home to Person B, and its transfer is applied for
    And there is a further seal
    And its lifted is "yes"
    When the tax check is made
    Then the verdict is "pass"
    And row "S-06" says nothing
    And the registration may be completed

  @S-04
  Scenario: Other disposals and burdens under a seal
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "mortgage"
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "S-04" decides

  @S-04
  Scenario: Other disposals and burdens under a seal
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "advance notice"
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "S-04" decides

  @S-04
  Scenario: Other disposals and burdens under a seal
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "right of residence"
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "S-04" decides

  @S-04
  Scenario: Other disposals and burdens under a seal
    Given Person A has sold a home to Person B, and its transfer is applied for
    And the act is "waiver of the right"
    And there is a further seal
    And its kind of sealing authority is "tax authority"
    And its sealing authority is "Tax bureau A"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "S-04" decides

  @S-01
  Scenario: Sealing a unit a court has sealed already
    Given the registrar received a request for assistance about the home of Person A
    And there is a further seal
    And there is a further request for assistance
    When the tax check is made
    Then the verdict is "pass"
    And row "S-01" decides
    And a remark is "record as a waiting seal"

  @S-15
  Scenario: Papers not authenticated yet
    Given the registrar received a request for assistance about the home of Person A
    And there is a further request for assistance
    And its authentication is "not authenticated yet"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "S-15" decides
    And a retry alone could lift it
    And Person A is not told
