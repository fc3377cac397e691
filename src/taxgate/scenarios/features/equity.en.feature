# language: en
# Written from equity.feature; change that file.
Feature: Equity of individuals, Order Art. 26

  @E-01
  Scenario: The transferor is a company
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the transferor is "Company B"
    And the kind of transferor is "company"
    When the tax check is made
    Then the verdict is "pass"
    And row "E-01" decides
    And tax was not verified

  @E-02
  Scenario: A partnership share
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of company is "partnership"
    When the tax check is made
    Then row "E-02" decides
    And tax was not verified

  @E-03
  Scenario: Tax paid for this deal
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    When the tax check is made
    Then the verdict is "pass"
    And row "E-03" decides
    And the registration may be completed

  @E-03
  Scenario: Two vouchers together cover the stake
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax of Person A: "paid"
    And its stake is "10%"
    And the tax authority also answers on individual income tax of Person A: "paid"
    And its stake is "20%"
    When the tax check is made
    Then the verdict is "pass"
    And row "E-03" decides

  @E-04
  Scenario: Exempt, not taxable or zero by the tax authority's record
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "exempt"
    When the tax check is made
    Then the verdict is "pass"
    And row "E-04" decides

  @E-04
  Scenario: Exempt, not taxable or zero by the tax authority's record
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "not taxable"
    When the tax check is made
    Then the verdict is "pass"
    And row "E-04" decides

  @E-04
  Scenario: Exempt, not taxable or zero by the tax authority's record
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "filed with nothing payable"
    When the tax check is made
    Then the verdict is "pass"
    And row "E-04" decides

  @E-05
  Scenario: Instalments on file for this deal
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "deferred or in instalments"
    When the tax check is made
    Then the verdict is "pass"
    And row "E-05" decides

  @E-06
  Scenario: No record
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-06" decides
    And Person A is to be told
    And Person B is to be told

  @E-07
  Scenario: Unpaid, by default and under the strict reading
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-07" decides

  @E-07
  Scenario: Unpaid under the strict reading
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "unpaid"
    And the reading "refuse equity transfers whose tax is unpaid or whose voucher is void" is on
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "E-07" decides

  @E-08
  Scenario: Price zero, no record
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the price is "0 yuan"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-08" decides

  @E-09
  Scenario: Execution by a court with complete papers
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And there is a further notice of assistance
    And the tax authority answers on individual income tax: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "E-09" decides
    And a remark is "tell the tax authority by information sharing; no referral"
    And there is nothing to report

  @E-09
  Scenario: Execution by a court with complete papers
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And there is a further notice of assistance
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "E-09" decides
    And a remark is "tell the tax authority by information sharing; no referral"
    And there is nothing to report

  @E-09
  Scenario: Execution by a court with complete papers
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And there is a further notice of assistance
    And the tax authority answers on individual income tax: "voided"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "E-09" decides
    And a remark is "tell the tax authority by information sharing; no referral"
    And there is nothing to report

  @E-09
  Scenario: The same while the source does not answer
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And there is a further notice of assistance
    And the inquiry on individual income tax came to nothing: "timed out"
    When the tax check is made
    Then the effect is "may proceed"
    And row "E-09" decides
    And tax was not verified
    And a retry alone could lift it

  @E-10
  Scenario: The voucher is of an earlier deal
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "paid"
    And its day of the agreement is "2025-03-01"
    And its day of issue is "2025-03-10"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-10" decides

  @E-11
  Scenario: The voucher covers a smaller stake
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "paid"
    And its stake is "29%"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-11" decides

  @E-11
  Scenario: The voucher was used before
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And there is a further earlier use of a voucher
    When the tax check is made
    Then the effect is "on hold"
    And row "E-11" decides

  @E-12
  Scenario: Withheld by the buyer and remitted
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "paid"
    And its paid by is "withholding"
    And its remitted is "yes"
    When the tax check is made
    Then the verdict is "pass"
    And row "E-12" applies

  @E-13
  Scenario: Issued by a tax authority outside or elsewhere inside Shanxi
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "paid"
    And its place of the tax authority is "another province"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-13" decides

  @E-03 @E-13
  Scenario: Issued by a tax authority elsewhere inside Shanxi
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "paid"
    And its place of the tax authority is "Datong"
    When the tax check is made
    Then the verdict is "pass"
    And row "E-03" decides
    And a remark is "the record comes from a tax authority elsewhere"

  @E-14
  Scenario: Two transferors, one unpaid
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And there is a further deal
    And the tax authority answers on individual income tax of Person C: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-07" decides
    And Person C is to be told

  @E-15
  Scenario: The source does not answer
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the inquiry on individual income tax came to nothing: "fault of the other system"
    And a paper on individual income tax is handed in saying "paid", not verified
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "E-15" decides
    And a retry alone could lift it

  @E-16
  Scenario: A forged voucher
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And a paper on individual income tax is handed in saying "paid", suspected by the officer to be forged
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "E-16" decides
    And a suspicion is to be reported in writing

  @E-17
  Scenario: The eve of the Order
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the day of the agreement is "2024-01-02"
    And the day of handling is "2024-01-31"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then row "E-17" decides
    And tax was not verified

  @E-18
  Scenario: Frozen equity, tax paid
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And there is a further freeze
    When the tax check is made
    Then the verdict is "pass"
    And row "E-18" applies
    And a non-tax obstacle is "equity frozen"
    And the registration may not be completed

  @E-19
  Scenario: A voucher nobody verified against a source without a record
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "no record"
    And a paper on individual income tax is handed in saying "paid", not verified
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-19" decides

  @E-20
  Scenario: The voucher was voided
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "voided"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-20" decides

  @E-20
  Scenario: The voucher was voided, under the strict reading
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "voided"
    And the reading "refuse equity transfers whose tax is unpaid or whose voucher is void" is on
    When the tax check is made
    Then the effect is "refused"
    And row "E-20" decides

  @E-21
  Scenario: Withheld by the buyer, not remitted
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the tax authority answers on individual income tax: "paid"
    And its paid by is "withholding"
    And its remitted is "no"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-21" decides
    And Person B is to be told

  @E-22
  Scenario: An instrument that is not in force gives no privilege
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And its in force is "no"
    And there is a further notice of assistance
    And the tax authority answers on individual income tax: "unpaid"
    When the tax check is made
    Then the effect is "on hold"
    And row "E-22" applies
    And row "E-07" decides

  @E-23
  Scenario: Inheritance without a record
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "inheritance"
    And the price is "none"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-23" decides
    And Person B is to be told

  @E-24
  Scenario: Filing between existing shareholders
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the act is "filing of changed amounts of capital"
    And the between shareholders is "yes"
    And the tax authority answers on individual income tax: "unpaid"
    When the tax check is made
    Then the effect is "on hold"
    And row "E-24" applies
    And row "E-07" decides

  @E-25
  Scenario: Acts without a transfer
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the act is "capital increase"
    And there is no deal
    When the tax check is made
    Then row "E-25" decides
    And tax was not verified

  @E-25
  Scenario: Acts without a transfer
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the act is "change of legal representative"
    And there is no deal
    When the tax check is made
    Then row "E-25" decides
    And tax was not verified

  @E-25
  Scenario: Acts without a transfer
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the act is "pledge of equity"
    And there is no deal
    When the tax check is made
    Then row "E-25" decides
    And tax was not verified

  @E-26
  Scenario: Execution by a court with a forged tax voucher
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And there is a further notice of assistance
    And a paper on individual income tax is handed in saying "paid", suspected by the officer to be forged
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "E-26" decides
    And a retry alone could not lift it
    And a suspicion is to be reported in writing
    And a remark is "tell the executing court in writing at once"

  @E-27
  Scenario: Court papers not confirmed yet
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And there is a further notice of assistance
    And its confirmed by the court is "no"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "E-27" decides
    And a retry alone could lift it

  @E-22
  Scenario: A judgment that only confirms whose the stake is
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court confirmation"
    And the price is "none"
    And there is a further court instrument
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "E-22" applies

  @E-25
  Scenario: Shares of a joint-stock company
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of company is "joint-stock company"
    And the kind of shares is "promoter's shares"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the effect is "on hold"
    And row "E-06" applies

  @E-25
  Scenario: Shares of a joint-stock company
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of company is "joint-stock company"
    And the kind of shares is "other shares"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the effect is "may proceed"
    And row "E-25" applies

  @E-25
  Scenario: Shares of a joint-stock company
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of company is "joint-stock company"
    And the kind of shares is "listed shares"
    And the tax authority answers on individual income tax: "no record"
    When the tax check is made
    Then the effect is "may proceed"
    And row "E-25" applies

  @E-27
  Scenario: Court papers suspected forged
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And there is a further notice of assistance
    And its suspected forged is "yes"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "E-27" decides
    And a retry alone could not lift it

  @E-18
  Scenario: A freeze of the executing court does not hinder its own execution
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the kind of deal is "court execution"
    And there is a further court instrument
    And there is a further notice of assistance
    And there is a further freeze
    When the tax check is made
    Then there is no non-tax obstacle
    And the registration may be completed

  @E-17
  Scenario: Registrar outside Shanxi
    Given Person A has sold 30% of a limited liability company to Person B, and the change is applied for
    And the registrar's place is "another province"
    When the tax check is made
    Then row "E-17" decides
